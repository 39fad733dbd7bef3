"""What tests of the post room begin with."""

from tests.stories.conftest import region

__all__ = ["region"]
