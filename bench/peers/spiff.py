"""SpiffWorkflow on PostgreSQL: the state of a case as JSON in one row, read under its lock, changed and written whole at each decision."""

from __future__ import annotations

import io
import json
import sys
from itertools import pairwise
from typing import Any

import psycopg
from shape import STEPS, play  # run as a script beside it
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState


def model() -> bytes:
    ids = ("mulai", *STEPS, "selesai")
    nodes = "".join(f'<bpmn:userTask id="{step}" name="{step}"/>' for step in STEPS)
    flows = "".join(f'<bpmn:sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairwise(ids)))
    head = '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">'
    return f'{head}<bpmn:process id="cuti" isExecutable="true"><bpmn:startEvent id="mulai"/>{nodes}<bpmn:endEvent id="selesai"/>{flows}</bpmn:process></bpmn:definitions>'.encode()


class Spiff:
    def __init__(self, dsn: str) -> None:
        self.connection = psycopg.connect(dsn)
        self.count = 0
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(model()))
        self.spec = parser.get_spec("cuti")
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        self.run("CREATE TABLE IF NOT EXISTS spiff_case (id serial PRIMARY KEY, state jsonb NOT NULL)")
        self.connection.commit()

    def run(self, statement: str, *values: Any) -> Any:
        self.count += 1
        return self.connection.execute(statement, values)

    def commit(self) -> None:
        self.count += 1
        self.connection.commit()

    def open_case(self) -> int:
        workflow = BpmnWorkflow(self.spec)
        workflow.do_engine_steps()
        row = self.run("INSERT INTO spiff_case (state) VALUES (%s) RETURNING id", self.serializer.serialize_json(workflow)).fetchone()
        self.commit()
        return int(row[0])

    def decide(self, case: object, step: str) -> None:
        (state,) = self.run("SELECT state FROM spiff_case WHERE id = %s FOR UPDATE", case).fetchone()
        workflow = self.serializer.deserialize_json(json.dumps(state))
        task = next(one for one in workflow.get_tasks(state=TaskState.READY, manual=True) if one.task_spec.name == step)
        task.data["hasil"] = "setujui"
        task.run()
        workflow.do_engine_steps()
        self.run("UPDATE spiff_case SET state = %s WHERE id = %s", self.serializer.serialize_json(workflow), case)
        self.commit()


if __name__ == "__main__":
    peer = Spiff(sys.argv[1])
    play(peer.open_case, peer.decide, lambda: peer.count)
