/// Tests of io/csv: cells, lines, and every mistake at once.
#include "io/csv.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.hpp"

using namespace hansa;

namespace {

std::string lines(Complaints const& complaints) {
  std::string text;
  for (Complaint const& each : complaints.errors()) text += (text.empty() ? "" : "\n") + format(each);
  return text;
}

Table good(std::string_view bytes) {
  Complaints complaints;
  Table table = parse_csv(bytes, "t.csv", complaints);
  CHECK(lines(complaints) == "");
  return table;
}

std::string mistakes(std::string_view bytes) {
  Complaints complaints;
  (void)parse_csv(bytes, "t.csv", complaints);
  return lines(complaints);
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a table has a header, trimmed cells and the lines of its rows") {
  Table const table = good("id, name ,x\na,  Bogotá ,1\n\nb,\" B, \"\"b\"\" \",\n");
  CHECK(table.header == Texts{"id", "name", "x"});
  CHECK(table.cells == Texts{"a", "Bogotá", "1", "b", "B, \"b\"", ""});
  CHECK(table.lines == std::vector<int>{2, 4});
  CHECK(table.place(1, 2) == Place{"t.csv", 4, 3});
}

TEST_CASE("a row begins on the line of its first cell, though quoted cells hold line ends") {
  Table const table = good("a,b\r\n\"x\r\ny\",1\r\n2,\"\n\n\"\n3,4");
  CHECK(table.lines == std::vector<int>{2, 4, 7});
  CHECK(table.cells == Texts{"x\r\ny", "1", "2", "", "3", "4"});
}

TEST_CASE("byte order mark, CRLF, lone CR, a missing last line end") {
  Texts const cells{"1", "2"};
  CHECK(good("\xEF\xBB\xBF"
             "a,b\n1,2\n")
            .header == Texts{"a", "b"});
  CHECK(good("a,b\r\n1,2\r\n").cells == cells);
  CHECK(good("a,b\r1,2\r").cells == cells);
  CHECK(good("a,b\r1,2\r").lines == std::vector<int>{2});
  CHECK(good("a,b\n1,2").cells == cells);
  CHECK(good("a,b\n").rows() == 0);
  CHECK(good("a,b").columns() == 2);
}

TEST_CASE("the digest is of the bytes as they are") {
  std::string const bytes =
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n";
  CHECK(good(bytes).sha256 == sha256(bytes));
}

TEST_CASE("a file needs a header of different names") {
  constexpr char const* none = "t.csv:1: the file has no header, names of columns were expected in its first line";
  CHECK(mistakes("") == none);
  CHECK(mistakes("\n\n") == none);
  CHECK(mistakes("\xEF\xBB\xBF") == none);
  CHECK(mistakes("a,,b,a\n") == "t.csv:1:2: column 2 has no name\nt.csv:1:4: column 'a' stands twice in the header");
}

TEST_CASE("ragged rows are told with their line, and the others are kept") {
  Complaints complaints;
  Table const table = parse_csv("a,b\n1\n2,3\n4,5,6\n", "t.csv", complaints);
  CHECK(lines(complaints) ==
        "t.csv:2: the row has 1 cell, 2 were expected, as in the header\n"
        "t.csv:4: the row has 3 cells, 2 were expected, as in the header");
  CHECK(table.cells == Texts{"2", "3"});
}

TEST_CASE("quotes") {
  constexpr char const* inside =
      ": a quote stands inside a cell, cells with quotes are quoted, and their quotes doubled";
  CHECK(mistakes("a,b\n1,x\"y\n2,3\n") == std::string("t.csv:2") + inside);
  CHECK(mistakes("a,b\n1,\"x\"y\n2,3\n") == std::string("t.csv:2") + inside);
  CHECK(mistakes("a\"b,c\n1,2\n") == std::string("t.csv:1") + inside);
  CHECK(mistakes("a,b\n1,2\n3,\"x\n4,5\n") == "t.csv:3: a quoted cell is never closed, a closing quote was expected");
}

TEST_CASE("bytes that are not text are told with their column") {
  using namespace std::string_literals;
  CHECK(mistakes("a,b\n1,\0\n"s) == "t.csv:2:2: a cell holds the byte NUL, a CSV file in UTF-8 was expected");
  CHECK(mistakes("a,b\nMünchen,Z\xFCrich\n") ==
        "t.csv:2:2: the byte 0xFC is not UTF-8, a CSV file in UTF-8 was expected");
  Complaints complaints;
  Table const left = parse_csv("a,b\n1,2\n3,\xFF\n5,6\n", "t.csv", complaints);
  CHECK(left.rows() == 2);
  CHECK(left.dropped == 1);
  CHECK(left.lines == std::vector<int>{2, 4});
  for (char const* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80", "\xF5\x80\x80\x80"})
    CHECK(mistakes("a\n"s + bad + "\n").find("is not UTF-8") != std::string::npos);
  CHECK(good("a\n\xF0\x9F\x8F\x99\n").rows() == 1);
}

TEST_CASE("other separators than commas are told once, and nothing is read") {
  constexpr char const* semicolons = ": the cells are separated by ';', save the file as CSV with commas";
  constexpr char const* tabs = ": the cells are separated by tabs, save the file as CSV with commas";
  CHECK(mistakes("id;name;country\na;Bogotá, D.C.;COL\nb;c;d,e,f\n") == std::string("t.csv:1") + semicolons);
  CHECK(mistakes("\xEF\xBB\xBF\r\n\"id\";\"na,me\"\r\n\"a\";\"b\"\r\n") == std::string("t.csv:2") + semicolons);
  CHECK(mistakes("sep=;\nid;name\n") == std::string("t.csv:1") + semicolons);
  CHECK(mistakes("id\tname; full\na\tb\n") == std::string("t.csv:1") + tabs);
  Complaints complaints;
  CHECK(parse_csv("id;name\na;b\n", "t.csv", complaints).header.empty());
  CHECK(good("id,\"name; full\",c;d\na,b,c\n").columns() == 3);
  CHECK(good("id\na;b\n").rows() == 1);
}

TEST_CASE("UTF-16 is told once") {
  using namespace std::string_literals;
  constexpr char const* told = "t.csv: the file is in UTF-16, save it as UTF-8";
  CHECK(mistakes("\xFF\xFEi\0d\0\n\0"s) == told);
  CHECK(mistakes("\xFE\xFF\0i\0d\0\n"s) == told);
  CHECK(mistakes("i\0d\0\n\0"s) == told);
  CHECK(mistakes("\0i\0d"s) == told);
}

TEST_CASE("rows that were left out are counted") {
  Complaints complaints;
  CHECK(parse_csv("a,b\n1\n2,3\n4,x\"\n5,\"6\n", "t.csv", complaints).dropped == 3);
  CHECK(good("a,b\n1,2\n").dropped == 0);
}

TEST_CASE("twenty mistakes are told, the rest is counted") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 25; ++i) bytes += "1\n";
  Complaints complaints;
  (void)parse_csv(bytes, "t.csv", complaints);
  REQUIRE(complaints.size() == 21);
  CHECK(format(complaints.errors()[19]) == "t.csv:21: the row has 1 cell, 2 were expected, as in the header");
  CHECK(complaints.errors()[20].problem == "and 5 more mistakes in this file");
}

TEST_CASE("rows and cells without end are given up, and what stands above them is kept") {
  std::string const wide = "a,b\n1,2\n" + std::string(5'000'000, ',') + "\n3,4\n";
  Complaints complaints;
  Table const table = parse_csv(wide, "t.csv", complaints);
  CHECK(lines(complaints) == "t.csv:3: the row has more than 100000 cells, is the end of its line missing?");
  CHECK(table.cells == Texts{"1", "2"});
  CHECK(table.dropped == 1);
  CHECK(mistakes(std::string(5'000'000, ',')) ==
        "t.csv:1: the row has more than 100000 cells, is the end of its line missing?");
  std::string const told = "t.csv:3: a cell has more than 1048576 bytes, is its closing quote missing?";
  CHECK(mistakes("a,b\n1,2\n3,\"" + std::string(5'000'000, 'x')) == told);
  CHECK(mistakes("a,b\n1,2\n3," + std::string(5'000'000, 'x') + "\n") == told);
  std::string lines_inside = "a,b\n1,2\n3,\"";
  for (int line = 0; line < 200'000; ++line) lines_inside += "5,67890\n";
  CHECK(mistakes(lines_inside) == told);
  CHECK(good("a,b\n1," + std::string(1'000'000, 'x')).cell(0, 1).size() == 1'000'000);
  std::string header = "c0", row = "0";
  for (int column = 1; column < 100'000; ++column) {
    header += ",c" + std::to_string(column);
    row += ",1";
  }
  CHECK(good(header + "\n" + row + "\n").columns() == 100'000);
}

TEST_CASE("mutilated tables never crash") {
  std::string const base = "\xEF\xBB\xBFid,name,x\r\na,\"B, \"\"b\"\"\",1\r\nc,München,2\r\n";
  std::uint64_t state = 7;
  auto draw = [&](std::uint64_t n) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % n;
  };
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = base;
    for (std::uint64_t k = 0; k <= draw(4); ++k) {
      std::size_t const at = draw(bytes.size());
      if (draw(2) == 0)
        bytes[at] = "\",\n\r\0a\xC3 "[draw(8)];
      else
        bytes.erase(at, 1 + draw(3));
    }
    Complaints complaints;
    Table const table = parse_csv(bytes, "t.csv", complaints);
    CHECK(table.cells.size() == table.rows() * table.columns());
  }
}

TEST_CASE("every file of a scenario is read once, and missing ones are told where they are named") {
  namespace fs = std::filesystem;
  fs::path const folder = fs::temp_directory_path() / ("hansa_csv_test_" + std::to_string(::getpid()));
  fs::create_directories(folder / "sub");
  std::ofstream(folder / "c.csv") << "id\na\n";
  ::mkfifo((folder / "pipe").c_str(), 0600);
  auto file = [&](std::string given, int line) { return FileRef{given, folder / given, {"s.yaml", line, 9}}; };
  Scenario scenario;
  scenario.cities.file = file("c.csv", 1);
  for (char const* name : {"c.csv", "none.csv", "sub", "pipe", "none.csv"}) {
    NetworkSpec& network = scenario.networks.emplace_back();
    network.name = name;
    network.ties = FileTies{file(name, static_cast<int>(scenario.networks.size()) + 1)};
  }
  Complaints complaints;
  Tables const tables = read_tables(scenario, complaints);
  CHECK(tables.size() == 1);
  CHECK(tables.at(folder / "c.csv").name == "c.csv");
  std::string const path = folder.string();
  CHECK(lines(complaints) == "s.yaml:3:9: '" + path + "/none.csv' cannot be read: there is no such file\n" +
                                 "s.yaml:4:9: '" + path + "/sub' cannot be read: it is a folder\n" + "s.yaml:5:9: '" +
                                 path + "/pipe' cannot be read: it is not a regular file");
  fs::remove_all(folder);
}
