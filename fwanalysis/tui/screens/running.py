"""Running the rules from a view: in a thread, source by source, with its progress shown; quitting stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from fwanalysis.errors import FrameworkError

if TYPE_CHECKING:
    from fwanalysis.tui.views import MainView


def run_rules(view: MainView) -> None:
    """Run the rules over all sources, unless they are running already."""
    app = view.workbench
    if any(worker.name == "rules" and worker.is_running for worker in app.workers):
        app.notify("The rules are running already.")
        return

    def run() -> None:
        worker = get_current_worker()
        last = None
        try:
            for last in view.project.suggestions.run():
                if worker.is_cancelled:
                    return
                app.call_from_thread(app.show_progress, f"Running rules: {last.done} of {last.total} sources")
        except FrameworkError as error:
            app.call_from_thread(app.show_error, error)
        else:
            report = (
                f"{last.new} new suggestion{'s' * (last.new != 1)}, {last.decided} decided earlier"
                if last
                else "No sources yet. Press i in the Sources view to import some."
            )
            app.call_from_thread(app.notify, report, markup=False)
        finally:
            app.call_from_thread(app.show_progress, "")

    app.run_worker(run, name="rules", thread=True)
