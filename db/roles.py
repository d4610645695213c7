"""The two database roles: ``alur_owner`` owns every table and cannot sign in; ``alur_app`` signs in and may do only what it is granted."""

from __future__ import annotations

CREATE_ROLES = """
DO $$ BEGIN
  CREATE ROLE alur_owner NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
  CREATE ROLE alur_app LOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN
  EXECUTE format('GRANT alur_owner TO %I', current_user);
EXCEPTION WHEN invalid_grant_operation OR insufficient_privilege THEN NULL; END $$;
GRANT USAGE, CREATE ON SCHEMA public TO alur_owner;
GRANT USAGE ON SCHEMA public TO alur_app;
ALTER DEFAULT PRIVILEGES FOR ROLE alur_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO alur_app;
ALTER DEFAULT PRIVILEGES FOR ROLE alur_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO alur_app;
"""
"""Run by the migrations before the first table. What may not be changed or deleted is revoked table by table where it is made."""
