"""One Spark session for the whole run, started only by tests that ask for it."""

import logging
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.fs as pafs
import pytest
from browsers import opened, plain_browser, playwright_driver, webgl_browser  # noqa: F401 (fixtures)
from hypothesis import settings

from jobs.engine.session import EngineParams, open_session
from jobs.engine.store import Store

if TYPE_CHECKING:
    from pyspark import SparkContext

# Kernels compile at their first call, which no deadline should count.
settings.register_profile("maillage", deadline=None, max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "maillage"))

# Whatever speaks to an object store in a test speaks to one that the test has started, with these.
os.environ.update(
    AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_EC2_METADATA_DISABLED="true"
)
for _variable in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
    os.environ.pop(_variable, None)

SHARED_DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkContext]":
    scratch = tmp_path_factory.mktemp("spark")
    session, _ = open_session(EngineParams(master="local[2]", memory="1g"), scratch)
    yield session
    session.stop()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "workspace"))


class Bucket:
    """A bucket of an S3 server on loopback, as the tests fill and look at it."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.name = f"b{uuid.uuid4().hex[:12]}"
        self._options = f"endpoint_override={server}&scheme=http"
        self.files, _ = pafs.FileSystem.from_uri(
            f"s3://{self.name}?{self._options}&allow_bucket_creation=true"
        )
        self.files.create_dir(self.name)

    def uri(self, path: str) -> str:
        """Return the location of a file or folder, with how it is reached."""
        return f"s3://{self.name}/{path}?{self._options}"

    def put(self, path: str, content: bytes) -> str:
        with self.files.open_output_stream(f"{self.name}/{path}", compression=None) as out:
            out.write(content)
        return self.uri(path)

    def get(self, path: str) -> bytes:
        with self.files.open_input_stream(f"{self.name}/{path}", compression=None) as source:
            return bytes(source.read())

    def listed(self, folder: str = "") -> list[str]:
        """Return the keys below a folder, sorted."""
        selector = pafs.FileSelector(
            f"{self.name}/{folder}".rstrip("/"), recursive=True, allow_not_found=True
        )
        found = [info for info in self.files.get_file_info(selector) if info.type == pafs.FileType.File]
        return sorted(info.path.removeprefix(f"{self.name}/") for info in found)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Start an S3 server on loopback; host and port."""
    moto_server = pytest.importorskip("moto.server", reason="moto[server] is not installed")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str) -> Bucket:
    return Bucket(s3_server)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real data is not here: {SHARED_DATA}")
    return SHARED_DATA
