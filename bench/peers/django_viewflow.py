"""Viewflow on PostgreSQL, driven without HTTP: five ``View`` tasks, each assigned, started and executed by a user under the lock of its process."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.conf import settings

APP = "peer"
"""Viewflow finds a flow through the Django application its module belongs to; this one is made on the spot."""


def configure(dsn: dict[str, str]) -> None:
    made = ModuleType(APP)
    made.__path__ = [str(Path(__file__).parent)]
    sys.modules[APP], sys.modules[f"{APP}.flows"] = made, ModuleType(f"{APP}.flows")
    settings.configure(
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "viewflow", "viewflow.workflow", APP],
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", **dsn}}, DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SECRET_KEY="bench", USE_TZ=True, DEBUG=False, ROOT_URLCONF=None,
    )  # fmt: skip
    django.setup()


def main(host: str, port: str, name: str, user: str, password: str) -> None:
    configure({"HOST": host, "PORT": port, "NAME": name, "USER": user, "PASSWORD": password})
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection
    from django.views.generic import TemplateView
    from shape import STEPS, play  # run as a script beside it
    from viewflow import this
    from viewflow.workflow import flow
    from viewflow.workflow.models import Process, Task

    call_command("migrate", verbosity=0)
    after = (*STEPS[1:], "selesai")
    view = TemplateView.as_view(template_name="x")
    steps = {step: flow.View(view).Next(getattr(this, following)) for step, following in zip(STEPS, after, strict=True)}
    members = {
        "process_class": Process,
        "mulai": flow.StartHandle().Next(getattr(this, STEPS[0])),
        **steps,
        "selesai": flow.End(),
        "__module__": f"{APP}.flows",
    }
    leave: Any = type("Leave", (flow.Flow,), members)
    sys.modules[f"{APP}.flows"].Leave = leave  # type: ignore[attr-defined]
    count = [0]

    def counting(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        count[0] += 1
        return execute(sql, params, many, context)

    user = get_user_model().objects.create(username="bench")

    def open_case() -> object:
        return leave.mulai.run().pk

    def decide(case: object, step: str) -> None:
        with leave.lock(case):
            task = Task.objects.get(process_id=case, flow_task=leave.instance.node(step), status="NEW")
            activation = task.flow_task.activation_class(task)
            activation.assign(user)
            activation.start(None)
            activation.execute()

    with connection.execute_wrapper(counting):
        play(open_case, decide, lambda: count[0])


if __name__ == "__main__":
    main(*sys.argv[1:6])
