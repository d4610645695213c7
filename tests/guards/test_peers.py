"""What went wrong in other systems about who signs, for whom and in which order: each fault has the test that keeps it out of ours."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
HATS, BLOCK, ORDER = (
    "web/mandates/test_hats.py",
    "engine/test_signature_block.py",
    "engine/test_decide.py::test_nobody_signs_before_those_before_him_not_even_himself",
)
KEPT_OUT = {
    "siga#1757": f"{HATS}::test_nobody_clears_his_own_letter_through_the_other_hat",
    "siga#1658": f"{HATS}::test_his_own_act_is_not_lost_among_the_substitute_s",
    "siga#2088": "workflows/test_contested.py::test_a_stand_in_signs_and_the_letter_says_so",
    "siga#2474": f"{HATS}::test_his_own_act_is_not_lost_among_the_substitute_s",
    "siga#2485": f"{HATS}::test_the_deputy_prepares_even_while_he_stands_in_but_does_not_record",
    "siga#1912": "workflows/test_contested.py::test_a_stand_in_signs_and_the_letter_says_so",
    "OpenSID#2154": f"{BLOCK}::test_whose_office_stands_on_which_line",
    "OpenSID#2081": f"{BLOCK}::test_whose_office_stands_on_which_line",
    "OpenSID#1470": f"{BLOCK}::test_whose_office_stands_on_which_line",
    "OpenSID#7609": f"{HATS}::test_what_the_order_closes_is_neither_shown_nor_done",
    "OpenSID#6786": "workflows/judged_documents.py::test_the_sekda_signs_on_behalf_of_the_mayor_where_he_may_and_in_his_own_name_elsewhere",
    "OpenSID#11228": f"{BLOCK}::test_degrees_rank_and_nip_by_office_capacity_and_kind",
    "OpenSID#11383": "engine/test_disposition.py::test_a_branch_passed_on_reports_after_its_own_receivers",
    "OpenSID#5270": "workflows/test_contested.py::test_a_changed_text_voids_every_initial_after_it",
    "siga#711": ORDER,
    "siga#794": ORDER,
    "siga#1040": ORDER,
}
"""Thread → test. Read in reference/peers.md, themes A and B, 14 to 30."""


@pytest.mark.parametrize(("thread", "where"), KEPT_OUT.items(), ids=lambda text: text)
def test_the_test_that_keeps_it_out_is_there(thread: str, where: str) -> None:
    path, _, name = where.partition("::")
    functions = {node.name for node in ast.walk(ast.parse((TESTS / path).read_text())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in functions, f"{thread}: {where}"
