"""Running the rules from a desk: in a thread, source by source, with its progress shown; leaving the program stops
it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from fwanalysis.tui.views import MainView


def run_rules(desk: MainView) -> None:
    """Run the rules over all sources; a run that is under way goes on alone."""
    app = desk.workbench
    if any(worker.name == "rules" and worker.is_running for worker in app.workers):
        app.notify("The rules are running already.")
        return

    def run() -> None:
        worker = get_current_worker()
        last = None
        try:
            for last in desk.project.suggestions.run():
                if worker.is_cancelled:
                    return
                app.call_from_thread(app.show_progress, f"Running rules: {last.done} of {last.total} sources")
        except FrameworkError as error:
            app.call_from_thread(app.notify, str(error), severity="error", markup=False)
        else:
            told = (
                f"{last.new} new suggestion{'s' * (last.new != 1)}, {last.decided} decided earlier"
                if last
                else "There are no sources to look at."
            )
            app.call_from_thread(app.notify, told, markup=False)
        finally:
            app.call_from_thread(app.show_progress, "")

    app.run_worker(run, name="rules", thread=True)
