"""Commands about transit networks: `maillage transit COMMAND`."""

import typer

transit_app = typer.Typer(help="Score, search and compare transit networks.", no_args_is_help=True)
