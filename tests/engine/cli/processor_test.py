"""The guard: an older processor gets one sentence and exit code 1, a newer one the program. Emulated by qemu-user."""

import os
import shutil
import unittest

from program import Folder

EMULATOR = shutil.which("qemu-x86_64")
LEVEL = os.environ["HANSA_ARCH"]


class Processor(Folder):
    def on(self, processor):
        self.assertIsNotNone(EMULATOR, "qemu-x86_64 is needed: apt install qemu-user")
        return self.hansa("--version", wrapper=(EMULATOR, "-cpu", processor))

    def refused(self, processor, mend):
        ended = self.on(processor)
        self.assertEqual((ended.returncode, ended.out), (1, ""))
        self.assertEqual(ended.err, f"error: this hansa was built for {LEVEL} processors, which this one is not; "
                                    f"{mend}\n")

    def test_the_first_processor_of_the_family_is_refused(self):
        self.refused("qemu64", "x86-64-v2 is the least that it can be built for")

    @unittest.skipIf(LEVEL == "x86-64-v2", "this build runs on Nehalem")
    def test_nehalem_is_refused(self):
        self.refused("Nehalem", "build it with -DHANSA_ARCH=x86-64-v2")

    @unittest.skipIf(LEVEL == "x86-64-v4", "the emulator has no AVX-512")
    def test_all_that_the_emulator_has_is_enough(self):
        ended = self.on("max")
        self.assertEqual((ended.returncode, ended.err), (0, ""))
        self.assertTrue(ended.out.startswith("hansa "))


if __name__ == "__main__":
    unittest.main()
