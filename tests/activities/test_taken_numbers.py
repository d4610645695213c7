"""A number that another transaction took meanwhile is asked for again, not handed to the operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.acts import Acts
from engine.errors import BalanceShort, NumberConflict, Refusal
from workflows.contracts import ActInput, ActResult


@dataclass
class Refusing:
    refused: Refusal

    async def issue(self, _given: ActInput) -> ActResult:
        raise self.refused


@pytest.mark.parametrize(("refused", "final"), [(NumberConflict(), False), (BalanceShort(), True)])
async def test_only_a_taken_number_is_tried_again(refused: Refusal, final: bool) -> None:
    nothing: Any = None
    issuing: Any = Refusing(refused)
    acts = Acts(nothing, {}, issuing)
    with pytest.raises(ApplicationError) as caught:
        await ActivityEnvironment().run(acts.act, ActInput("uji", "nomor", 1, "uji/nomor/1", "issue"))
    assert (caught.value.type, caught.value.non_retryable) == (refused.code, final)
