"""When .venv is made, from which lock, and what is said when it cannot be."""

import shutil
import sysconfig
import threading

import pytest

from livingwell import bootstrap, needs


class TestStamp:
    def test_a_clone_without_environment_fits_no_lock(self, clone):
        assert not clone.fits("run")
        assert not clone.fits("dev")

    def test_an_environment_fits_the_lock_it_was_made_from(self, clone, installers):
        clone.make("run")
        assert clone.fits("run")

    def test_run_is_not_enough_for_dev(self, clone, installers):
        clone.make("run")
        assert not clone.fits("dev")

    def test_dev_is_enough_for_run(self, clone, installers):
        clone.make("dev")
        assert clone.fits("run")

    def test_a_changed_lock_no_longer_fits(self, clone, installers):
        clone.make("run")
        (clone.root / "requirements" / "run.txt").write_text("django==5.3\n")
        assert not clone.fits("run")

    def test_another_python_no_longer_fits(self, clone, installers, monkeypatch):
        clone.make("run")
        monkeypatch.setattr(sysconfig, "get_platform", lambda: "macosx-15-arm64")
        assert not clone.fits("run")

    def test_a_python_that_was_uninstalled_no_longer_fits(self, clone, installers):
        clone.make("run")
        clone.python.unlink()
        assert not clone.fits("run")


class TestMaking:
    def test_what_fits_is_left_alone(self, clone, installers):
        clone.make("run")
        installers.asked.clear()
        clone.make("run")
        assert installers.asked == []

    def test_pip_installs_with_hashes(self, clone, installers):
        clone.make("dev")
        assert installers.were_asked(
            "pip", "install", "--require-hashes", str(clone.root / "requirements" / "dev.txt")
        )

    def test_uv_is_used_where_it_is(self, clone, installers, monkeypatch):
        monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
        clone.make("run")
        assert installers.were_asked("/bin/uv", "pip", "sync", "--require-hashes")

    def test_a_finished_environment_grows_from_run_to_dev(self, clone, installers):
        clone.make("run")
        (clone.folder / "kept").touch()
        clone.make("dev")
        assert (clone.folder / "kept").exists()

    def test_an_environment_that_was_cut_short_is_made_anew(self, clone, installers):
        installers.fails_with = "cut short"
        with pytest.raises(needs.Unready):
            clone.make("run")
        (clone.folder / "leftover").touch()
        installers.fails_with = ""
        clone.make("run")
        assert clone.fits("run")
        assert not (clone.folder / "leftover").exists()

    def test_a_failed_growth_leaves_no_stamp_behind(self, clone, installers):
        clone.make("run")
        installers.fails_with = "cut short"
        with pytest.raises(needs.Unready):
            clone.make("dev")
        assert not clone.fits("run")

    def test_two_at_once_install_once(self, clone, installers):
        both = [threading.Thread(target=clone.make, args=("run",)) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert len([command for command in installers.asked if "pip" in command]) == 1


class TestWords:
    @pytest.mark.parametrize(
        ("output", "sentence"),
        [
            ("Temporary failure in name resolution", "Is this machine online?"),
            ("error: Failed to fetch: `https://…`", "Is this machine online?"),
            (
                "THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
                "not the one that was locked",
            ),
            ("  x Hash mismatch for `django==5.2`", "not the one that was locked"),
            ("OSError: [Errno 28] No space left on device", "the disk is full"),
            ("first\nERROR: something new\n\n", "ERROR: something new"),
            ("", "said nothing"),
        ],
    )
    def test_a_fault_is_one_sentence(self, output, sentence):
        assert sentence in bootstrap.why_it_failed(output)

    def test_the_whole_output_is_kept(self, clone, installers):
        installers.fails_with = "the long story"
        with pytest.raises(needs.Unready, match=r"install\.log"):
            clone.make("run")
        assert "the long story" in (clone.folder / "install.log").read_text()
