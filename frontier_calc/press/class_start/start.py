"""Start the notebooks: the first time, install the packages that lie beside this file; then open JupyterLab.

python start.py            open the notebooks in a browser
python start.py --check    run every notebook once, and say which do not run
"""

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".environment"
PACKAGES = HERE / "packages"
EDITION = HERE / "edition.txt"  # which edition the class reads; without it, the data as they stand
NOTEBOOKS = [
    HERE / "index.md",
    *sorted((HERE / "ledgers").glob("*.md")),
    *sorted((HERE / "reference").glob("exercises-*.md")),
]


EVERY_KERNEL = 'c.InteractiveShellApp.extensions = ["frontier_calc"]\n'


def python() -> Path:
    """The Python of the environment."""
    return ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install() -> None:
    """Make the environment, from the folder of packages alone; a first start that was broken off is begun anew."""
    done = ENVIRONMENT / "installed"
    if done.exists():
        return
    if not PACKAGES.is_dir():
        sys.exit(
            "There are no packages beside start.py. Unpack the whole zip first, and start the start.py in its folder."
        )
    print("installing the packages, once: a minute or two ...", flush=True)
    venv.EnvBuilder(with_pip=True, clear=True).create(ENVIRONMENT)
    command = [str(python()), "-m", "pip", "install", "--quiet", "--no-index", "--find-links", str(PACKAGES)]
    installed = subprocess.run([*command, "-r", str(HERE / "requirements.txt")], check=False)
    if installed.returncode:
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(
            f"The packages were not made for this computer or for Python {version}. Ask for a zip that is, or use another Python."
        )
    asked = subprocess.run(
        [python(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    (Path(asked.stdout.strip()) / "frontier.pth").write_text(f"{HERE}\n", encoding="utf-8")
    # Every kernel begins with it: mistakes are answered in words, and charts drawn without a network.
    settings = ENVIRONMENT / "etc" / "ipython"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "ipython_config.py").write_text(EVERY_KERNEL, encoding="utf-8")
    done.touch()


def settings() -> dict[str, str]:
    """This process's environment with the settings that lie here: a page opens as a notebook."""
    own = {"JUPYTER_CONFIG_DIR": str(HERE / ".jupyter"), "PYTHONUTF8": "1"}
    if EDITION.exists():
        own["FRONTIER_EDITION"] = EDITION.read_text(encoding="utf-8").strip()
    return os.environ | own


CHECK = """
import sys
from pathlib import Path
import jupytext
from nbclient import NotebookClient
page = Path(sys.argv[1])
NotebookClient(jupytext.read(page), timeout=300, resources={"metadata": {"path": str(page.parent)}}).execute()
"""


def check() -> int:
    """Run every notebook; how many did not run."""
    failed = 0
    for page in NOTEBOOKS:
        ran = subprocess.run([python(), "-c", CHECK, page], env=settings(), capture_output=True, text=True, check=False)
        failed += bool(ran.returncode)
        last = "" if not ran.returncode else f": {ran.stderr.strip().splitlines()[-1]}"
        print(f"{'ran   ' if not ran.returncode else 'FAILED'} {page.relative_to(HERE).as_posix()}{last}", flush=True)
    return failed


def main() -> int:
    """Install what is missing, then do what was asked."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        say = "py -3.12 start.py" if os.name == "nt" else "python3.12 start.py"
        sys.exit(
            f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}. If one is there, say so: {say}"
        )
    install()
    if "--check" in sys.argv[1:]:
        return check()
    return subprocess.run(
        [python(), "-m", "jupyterlab", f"--notebook-dir={HERE}"], env=settings(), check=False
    ).returncode


def stay(ended: SystemExit) -> None:
    """Keep the window of a double click on Windows open until what it says has been read."""
    if os.name == "nt" and ended.code and sys.stdin is not None and sys.stdin.isatty():
        print(ended.code if isinstance(ended.code, str) else "")
        input("Press Enter to close this window. ")
        ended.code = 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SystemExit as ended:
        stay(ended)
        raise
