"""The migrations make exactly the tables the code knows, as a role that cannot sign in, and guard what must stay."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

import db.tables
from db.migrate import current, head, statements, upgrade
from db.tables.base import metadata

Owner = psycopg.Connection[tuple[object, ...]]
MAY_DELETE = {"task_position", "function_post", "matter_post", "committee_member", "holiday", "office_hours", "parameter", "classification", "notice",
              "attachment"}  # fmt: skip


def test_head_is_written_down_and_reached(database: str) -> None:
    named = (Path(db.__path__[0]) / "migrations" / "HEAD").read_text().strip()
    assert named == head() == current(database)


def test_running_again_changes_nothing(database: str) -> None:
    upgrade(database)
    assert current(database) == head()


def test_tables_are_those_the_code_knows(database: str) -> None:
    engine = create_engine(database)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        found = compare_metadata(context, metadata)
    engine.dispose()
    assert [str(difference) for difference in found] == []


def test_offline_sql_is_complete_without_a_database() -> None:
    text = statements()
    for name in metadata.tables:
        assert f"CREATE TABLE {name} " in text or f'CREATE TABLE "{name}" ' in text, name
    assert "SET ROLE alur_owner" in text
    assert "lock_timeout" in text


def test_no_sign_in_role_owns_a_table(owner: Owner) -> None:
    rows = owner.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert rows == [("alur_owner",)]
    assert owner.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'alur_owner'").fetchone() == (False,)


def test_what_the_application_may_delete_is_a_short_list(owner: Owner) -> None:
    ours = {table for table in metadata.tables if not _is_desk(table)}
    allowed = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND has_table_privilege('alur_app', oid, 'DELETE')"
    rows = owner.execute(allowed).fetchall()
    assert {str(row[0]) for row in rows} & ours == MAY_DELETE


def _is_desk(table: str) -> bool:
    try:
        import db.tables.desk as desk
    except ModuleNotFoundError:
        return False
    return any(getattr(value, "name", None) == table for value in vars(desk).values() if hasattr(value, "primary_key"))


@pytest.mark.parametrize("table", ["trail", "office_trail", "process_version", "document_version", "stored_file", "submission"])
def test_the_application_may_not_change_the_record(owner: Owner, table: str) -> None:
    for right in ("UPDATE", "DELETE", "TRUNCATE"):
        assert owner.execute("SELECT has_table_privilege('alur_app', %s::regclass, %s)", (table, right)).fetchone() == (False,), right
