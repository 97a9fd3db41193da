"""Downloading a file."""

from typing import ClassVar

from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import GroupStep


class Download(GroupStep, frozen=True, kw_only=True, tag="download"):
    """A client downloads the file to which a message refers that it has got, by way of the group's hub where the draft
    wants that, and checks that it is what the message said.

    `download: {by: carol, group: club, text: Our house}`
    """

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.attachments,)

    text: str = "hello"
    """What the message says; the last one is meant, if several say that."""

    async def run(self, context: Context) -> None:
        """Raises SimulatorError where there is no such message, and as `Client.download` does."""
        group, client = context.group(self.group), context.session.client(self.by)
        alike = [each for each in client.inbox if each.group == group and each.data == self.text.encode()]
        referring = [each for each in alike if each.attachment]
        if not referring:
            raise SimulatorError(f"{self.by} has no message {self.text!r} that refers to a file")
        await client.download(referring[-1])
