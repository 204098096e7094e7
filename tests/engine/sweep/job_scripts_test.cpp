/// Scripts that a shell and Slurm read, and the record of jobs.
#include "sweep/job_scripts.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

namespace hansa {
namespace {

namespace fs = std::filesystem;

struct TemporaryFolder {
  fs::path path = fs::temp_directory_path() / ("hansa-jobs-" + std::to_string(getpid()));
  TemporaryFolder() { fs::create_directories(path); }
  ~TemporaryFolder() { fs::remove_all(path); }
};

void write(fs::path const& file, std::string const& text) {
  std::ofstream(file) << text;
}

JobScript lamps() {
  return {"hansa-1a2b3c4d",
          "100% lamps.sweep",
          "/a place",
          "60",
          120,
          2,
          {"--account=x"},
          "module load gcc",
          {"/opt/hansa", "sweep", "it's.yaml"}};
}

TEST_CASE("words are quoted where a shell would read them otherwise") {
  CHECK(shell_word("lamps.sweep/slurm-001.sh") == "lamps.sweep/slurm-001.sh");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("a b") == "'a b'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("$(x)") == "'$(x)'");
  CHECK(shell_word("~") == "'~'");
}

TEST_CASE("the program takes the place of the shell, so that TERM reaches it") {
  std::string const text = task_script(lamps(), 40);
  CHECK(text.starts_with("#!/bin/bash\n"));
  for (auto const* line :
       {"#SBATCH --job-name=hansa-1a2b3c4d\n", "#SBATCH --time=60\n", "#SBATCH --cpus-per-task=2\n",
        "#SBATCH --chdir='/a place'\n", "#SBATCH --output='100%% lamps.sweep/logs/%x-%A_%a.log'\n",
        "#SBATCH --open-mode=append --requeue --signal=B:TERM@120\n#SBATCH --account=x\n\nmodule load gcc\n\n",
        "\nexec /opt/hansa sweep 'it'\\''s.yaml' --threads \"${SLURM_CPUS_PER_TASK:-2}\" --shard "
        "\"$((SLURM_ARRAY_TASK_ID + ${1:-0}))/40\"\n"})
    CHECK_MESSAGE(text.find(line) != std::string::npos, line);
}

TEST_CASE("what gathers runs by itself") {
  std::string const text = gather_script(lamps());
  CHECK(text.find("#SBATCH --job-name=hansa-1a2b3c4d-gather\n") != std::string::npos);
  CHECK(text.find("#SBATCH --cpus-per-task=1\n") != std::string::npos);
  CHECK(text.ends_with("\nexec /opt/hansa sweep 'it'\\''s.yaml'\n"));
  CHECK(text.find("ARRAY") == std::string::npos);
}

TEST_CASE("jobs are put on record and read back, and lines that are none are left out") {
  TemporaryFolder const folder;
  CHECK(next_submission(folder.path) == 1);
  CHECK(submitted_jobs(folder.path).empty());
  std::vector<SubmittedJob> const first = {{17, 0, 1500}, {18, 1000, 1500}, {19, 0, 0}};
  write(submission_files(folder.path, 1).tasks, "");
  write(submission_files(folder.path, 1).jobs, jobs_text(first));
  write(submission_files(folder.path, 2).tasks, "");  // whoever wrote it died before it was submitted
  write(submission_files(folder.path, 3).tasks, "");
  write(submission_files(folder.path, 3).jobs, "job,offset,shards\n20,0\n21,x,3\n,,\n22,0,3,\n-1,0,3\n23,0,3");
  CHECK(next_submission(folder.path) == 4);
  std::vector<SubmittedJob> expected = first;
  expected.push_back({23, 0, 3});
  CHECK(submitted_jobs(folder.path) == expected);
}

}  // namespace
}  // namespace hansa
