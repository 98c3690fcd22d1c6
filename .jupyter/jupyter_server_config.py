"""What JupyterLab's server reads when it starts: how a page of the book is opened and saved."""

from frontier_calc.classroom import opening

c.ServerApp.contents_manager_class = opening.manager()  # noqa: F821 - the settings, which the server has put here
