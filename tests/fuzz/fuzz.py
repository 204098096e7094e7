"""A minute of libFuzzer: the corpus is read, what is found is kept beside the build, a crash fails and is left as a file."""

import os
import subprocess
import sys
from pathlib import Path


def main(corpus, work, seconds):
    found, crashes = Path(work, "found"), Path(work, "crashes")
    for folder in (found, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for old in crashes.iterdir():
        old.unlink()
    limits = ["-timeout=60", "-rss_limit_mb=2500", "-max_len=65536", f"-max_total_time={seconds}"]
    ended = subprocess.run([os.environ["FUZZER"], *limits, "-print_final_stats=1", f"-artifact_prefix={crashes}/", found, corpus],
                           capture_output=True, text=True, errors="replace", check=False)
    print(ended.stderr[-6000:])
    left = sorted(crashes.iterdir())
    for path in left:
        print(f"{path}: fix what it shows, and keep it in {corpus}")
    return 1 if ended.returncode != 0 or left else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
