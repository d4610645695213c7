"""The organisation: units, positions, people, who holds what and when."""

from db.migrations.plain_sql import run

revision = "0001_organisation"
down_revision = None

BEFORE = r"""
CREATE TYPE seat_range AS RANGE (subtype = text, collation = "C", multirange_type_name = seat_multirange);

CREATE FUNCTION seat(code text) RETURNS seat_range LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT public.seat_range(code, code, '[]'::text) $$;
"""

TABLES = r"""
CREATE TABLE unit (
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent TEXT,
  organisation TEXT NOT NULL,
  letter_code TEXT DEFAULT '' NOT NULL,
  letterhead TEXT DEFAULT '' NOT NULL,
  address TEXT DEFAULT '' NOT NULL,
  postcode TEXT DEFAULT '' NOT NULL,
  phone TEXT DEFAULT '' NOT NULL,
  email TEXT DEFAULT '' NOT NULL,
  site TEXT DEFAULT '' NOT NULL,
  area TEXT DEFAULT '' NOT NULL,
  is_setda BOOLEAN DEFAULT 'false' NOT NULL,
  active BOOLEAN DEFAULT 'true' NOT NULL,
  CONSTRAINT pk_unit PRIMARY KEY (code),
  CONSTRAINT ck_unit_not_its_own_parent CHECK (parent IS DISTINCT FROM code),
  CONSTRAINT fk_unit_parent_unit FOREIGN KEY(parent) REFERENCES unit (code),
  CONSTRAINT fk_unit_organisation_unit FOREIGN KEY(organisation) REFERENCES unit (code)
);
CREATE INDEX ix_unit_area ON unit (area) WHERE area != '';
CREATE INDEX ix_unit_parent ON unit (parent);
CREATE TABLE position (
  code TEXT NOT NULL,
  unit TEXT NOT NULL,
  title TEXT NOT NULL,
  title_caps TEXT NOT NULL,
  echelon TEXT DEFAULT '' NOT NULL,
  superior TEXT,
  is_head BOOLEAN DEFAULT 'false' NOT NULL,
  is_secretary BOOLEAN DEFAULT 'false' NOT NULL,
  active BOOLEAN DEFAULT 'true' NOT NULL,
  CONSTRAINT pk_position PRIMARY KEY (code),
  CONSTRAINT ck_position_not_its_own_superior CHECK (superior IS DISTINCT FROM code),
  CONSTRAINT fk_position_unit_unit FOREIGN KEY(unit) REFERENCES unit (code),
  CONSTRAINT fk_position_superior_position FOREIGN KEY(superior) REFERENCES position (code)
);
CREATE INDEX ix_position_superior ON position (superior);
CREATE INDEX ix_position_unit ON position (unit);
CREATE UNIQUE INDEX uq_position_head ON position (unit) WHERE is_head AND active;
CREATE UNIQUE INDEX uq_position_secretary ON position (unit) WHERE is_secretary AND active;
CREATE TABLE person (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  front_degrees TEXT DEFAULT '' NOT NULL,
  back_degrees TEXT DEFAULT '' NOT NULL,
  nip TEXT,
  kind TEXT NOT NULL,
  rank TEXT DEFAULT '' NOT NULL,
  grade TEXT DEFAULT '' NOT NULL,
  email TEXT DEFAULT '' NOT NULL,
  active BOOLEAN DEFAULT 'true' NOT NULL,
  CONSTRAINT pk_person PRIMARY KEY (id),
  CONSTRAINT ck_person_kind CHECK (kind IN ('PNS', 'PPPK', 'pejabat_negara', 'non_asn')),
  CONSTRAINT ck_person_nip CHECK (nip IS NULL OR nip ~ '^[0-9]{18}$'),
  CONSTRAINT ck_person_civil_servants_have_nip CHECK ((kind IN ('PNS', 'PPPK')) = (nip IS NOT NULL))
);
CREATE UNIQUE INDEX uq_person_nip ON person (nip);
CREATE TABLE incumbency (
  id TEXT NOT NULL,
  position TEXT NOT NULL,
  person TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE,
  decree TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_incumbency PRIMARY KEY (id),
  CONSTRAINT ck_incumbency_ends_after_start CHECK (ends IS NULL OR ends > starts),
  CONSTRAINT one_holder_at_a_time EXCLUDE USING gist (seat(position) WITH &&, tstzrange(starts, ends) WITH &&),
  CONSTRAINT fk_incumbency_position_position FOREIGN KEY(position) REFERENCES position (code),
  CONSTRAINT fk_incumbency_person_person FOREIGN KEY(person) REFERENCES person (id)
);
CREATE INDEX ix_incumbency_person ON incumbency (person);
CREATE INDEX ix_incumbency_position ON incumbency (position);
CREATE TABLE acting (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  position TEXT NOT NULL,
  person TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE,
  order_number TEXT NOT NULL,
  forbids TEXT[] DEFAULT '{}' NOT NULL,
  CONSTRAINT pk_acting PRIMARY KEY (id),
  CONSTRAINT ck_acting_kind CHECK (kind IN ('plt', 'plh', 'pj', 'pjs')),
  CONSTRAINT ck_acting_ends_after_start CHECK (ends IS NULL OR ends > starts),
  CONSTRAINT one_acting_at_a_time EXCLUDE USING gist (seat(position) WITH &&, tstzrange(starts, ends) WITH &&),
  CONSTRAINT fk_acting_position_position FOREIGN KEY(position) REFERENCES position (code),
  CONSTRAINT fk_acting_person_person FOREIGN KEY(person) REFERENCES person (id)
);
CREATE INDEX ix_acting_person ON acting (person);
CREATE INDEX ix_acting_position ON acting (position);
CREATE TABLE mandate (
  id TEXT NOT NULL,
  form TEXT NOT NULL,
  from_position TEXT NOT NULL,
  to_position TEXT NOT NULL,
  document_kinds TEXT[] DEFAULT '{}' NOT NULL,
  decree TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_mandate PRIMARY KEY (id),
  CONSTRAINT ck_mandate_form CHECK (form IN ('an', 'ub')),
  CONSTRAINT ck_mandate_two_positions CHECK (from_position <> to_position),
  CONSTRAINT fk_mandate_from_position_position FOREIGN KEY(from_position) REFERENCES position (code),
  CONSTRAINT fk_mandate_to_position_position FOREIGN KEY(to_position) REFERENCES position (code)
);
CREATE INDEX ix_mandate_to_position ON mandate (to_position);
CREATE TABLE function_post (
  function TEXT NOT NULL,
  unit TEXT NOT NULL,
  position TEXT NOT NULL,
  CONSTRAINT pk_function_post PRIMARY KEY (function, unit, position),
  CONSTRAINT fk_function_post_unit_unit FOREIGN KEY(unit) REFERENCES unit (code),
  CONSTRAINT fk_function_post_position_position FOREIGN KEY(position) REFERENCES position (code)
);
CREATE INDEX ix_function_post_position ON function_post (position);
CREATE TABLE matter_post (
  id BIGINT GENERATED ALWAYS AS IDENTITY,
  matter TEXT NOT NULL,
  selector_kind TEXT NOT NULL,
  selector TEXT DEFAULT '' NOT NULL,
  position TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE,
  decree TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_matter_post PRIMARY KEY (id),
  CONSTRAINT ck_matter_post_selector_kind CHECK (selector_kind IN ('position', 'unit', 'area', 'any')),
  CONSTRAINT ck_matter_post_selector_present CHECK ((selector_kind = 'any') = (selector = '')),
  CONSTRAINT fk_matter_post_position_position FOREIGN KEY(position) REFERENCES position (code)
);
CREATE INDEX ix_matter_post_matter ON matter_post (matter, selector_kind, selector);
CREATE TABLE committee_member (
  committee TEXT NOT NULL,
  position TEXT NOT NULL,
  starts TIMESTAMP WITH TIME ZONE NOT NULL,
  ends TIMESTAMP WITH TIME ZONE,
  part TEXT DEFAULT 'anggota' NOT NULL,
  decree TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_committee_member PRIMARY KEY (committee, position, starts),
  CONSTRAINT ck_committee_member_part CHECK (part IN ('ketua', 'sekretaris', 'anggota')),
  CONSTRAINT fk_committee_member_position_position FOREIGN KEY(position) REFERENCES position (code)
);
CREATE TABLE holiday (
  day DATE NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  CONSTRAINT pk_holiday PRIMARY KEY (day),
  CONSTRAINT ck_holiday_kind CHECK (kind IN ('libur', 'cuti_bersama', 'lokal'))
);
CREATE TABLE office_hours (
  starts DATE NOT NULL,
  ends DATE,
  weekday SMALLINT NOT NULL,
  opens TIME WITHOUT TIME ZONE NOT NULL,
  closes TIME WITHOUT TIME ZONE NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  CONSTRAINT pk_office_hours PRIMARY KEY (starts, weekday),
  CONSTRAINT ck_office_hours_iso_weekday CHECK (weekday BETWEEN 1 AND 7),
  CONSTRAINT ck_office_hours_closes_after_opening CHECK (closes > opens)
);
CREATE TABLE parameter (
  name TEXT NOT NULL,
  starts DATE NOT NULL,
  ends DATE,
  value TEXT NOT NULL,
  unit TEXT NOT NULL,
  decree TEXT NOT NULL,
  CONSTRAINT pk_parameter PRIMARY KEY (name, starts),
  CONSTRAINT ck_parameter_ends_after_start CHECK (ends IS NULL OR ends > starts)
);
CREATE TABLE classification (
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  parent TEXT,
  CONSTRAINT pk_classification PRIMARY KEY (code),
  CONSTRAINT ck_classification_code CHECK (code ~ '^[0-9]{3}(\.[0-9]{1,2}){0,5}$')
);
"""

RULES = r"""
-- Who may act for which position at an instant. While somebody acts (Plt, Plh, Pj, Pjs) the definitive holder does not.
CREATE FUNCTION held_at(at timestamptz)
RETURNS TABLE (seat text, person text, capacity text, mandate text, forbids text[], until timestamptz) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT a.position, a.person, a.kind, a.id, a.forbids, a.ends FROM acting a WHERE a.starts <= at AND (a.ends IS NULL OR a.ends > at)
  UNION ALL
  SELECT i.position, i.person, 'definitif', '', '{}'::text[], i.ends FROM incumbency i
  WHERE i.starts <= at AND (i.ends IS NULL OR i.ends > at)
    AND NOT EXISTS (SELECT 1 FROM acting a WHERE a.position = i.position AND a.starts <= at AND (a.ends IS NULL OR a.ends > at))
$$;

-- A unit and all above it, nearest first.
CREATE FUNCTION unit_line(start text) RETURNS TABLE (code text, depth int) LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE line AS (
    SELECT u.code, u.parent, 0 AS depth FROM unit u WHERE u.code = start
    UNION ALL
    SELECT u.code, u.parent, line.depth + 1 FROM line JOIN unit u ON u.code = line.parent WHERE line.depth < 20
  ) SELECT line.code, line.depth FROM line ORDER BY line.depth
$$;

-- Whoever has the function in the unit, else in the nearest unit above it.
CREATE FUNCTION desk_of(wanted text, start text) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT f.position FROM function_post f JOIN unit_line(start) l ON l.code = f.unit
  WHERE f.function = wanted AND l.depth = (SELECT min(m.depth) FROM function_post g JOIN unit_line(start) m ON m.code = g.unit WHERE g.function = wanted)
  ORDER BY f.position
$$;

CREATE FUNCTION head_of(start text) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.code FROM position p JOIN unit_line(start) l ON l.code = p.unit WHERE p.is_head AND p.active ORDER BY l.depth LIMIT 1
$$;

CREATE FUNCTION secretary_of(start text) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p.code FROM position p JOIN unit_line(start) l ON l.code = p.unit WHERE p.is_secretary AND p.active ORDER BY l.depth LIMIT 1
$$;

-- The city's dated table of competence: by position, then by the nearest unit, then by where the unit lies, then for anybody.
CREATE FUNCTION authority_of(wanted text, seat text, start text, place text, at timestamptz) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH valid AS (
    SELECT m.* FROM matter_post m WHERE m.matter = wanted AND m.starts <= at AND (m.ends IS NULL OR m.ends > at)
  ), ranked AS (
    SELECT v.position, 0 AS rank FROM valid v WHERE v.selector_kind = 'position' AND v.selector = seat
    UNION ALL
    SELECT v.position, 100 - length(v.selector) FROM valid v WHERE v.selector_kind = 'area' AND place <> '' AND place LIKE v.selector || '%'
    UNION ALL
    SELECT v.position, 200 + l.depth FROM valid v JOIN unit_line(start) l ON v.selector_kind = 'unit' AND v.selector = l.code
    UNION ALL
    SELECT v.position, 400 - length(v.selector) FROM valid v JOIN unit u ON u.code = start
    WHERE v.selector_kind = 'area' AND u.area <> '' AND u.area LIKE v.selector || '%'
    UNION ALL
    SELECT v.position, 500 FROM valid v WHERE v.selector_kind = 'any'
  ) SELECT r.position FROM ranked r WHERE r.rank = (SELECT min(rank) FROM ranked) ORDER BY r.position
$$;

-- The nearest seat above that somebody holds at the instant; nothing when all above are empty.
CREATE FUNCTION held_superior(start text, at timestamptz) RETURNS SETOF text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE line AS (
    SELECT p.superior AS code, 1 AS depth FROM position p WHERE p.code = start AND p.superior IS NOT NULL
    UNION ALL
    SELECT p.superior, line.depth + 1 FROM line JOIN position p ON p.code = line.code WHERE p.superior IS NOT NULL AND line.depth < 20
  ) SELECT line.code FROM line WHERE EXISTS (SELECT 1 FROM held_at(at) h WHERE h.seat = line.code) ORDER BY line.depth LIMIT 1
$$;
"""


def upgrade() -> None:
    run(BEFORE)
    run(TABLES)
    run(RULES)
