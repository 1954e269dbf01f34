// SPDX-License-Identifier: EUPL-1.2
// Ranks the demo and prints the result hash: c++ -std=c++17 demo.cpp $(pkg-config --cflags --libs passend)
#include <passend.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

// The lines of a file as a JSON list.
static std::string list_of(const std::string &path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path);
  std::string list = "[", line;
  while (std::getline(file, line)) list += (list.size() > 1 ? "," : "") + line;
  return list + "]";
}

struct FreeEngine {
  void operator()(passend_engine *engine) const { passend_engine_free(engine); }
};

// The answer of an operation; what is wrong becomes an exception.
static std::string run(const passend_engine *engine, std::string_view op, std::string_view json) {
  passend_buffer answer{};
  passend_error error{};
  if (passend_run(engine, op.data(), op.size(), json.data(), json.size(), nullptr, &answer, &error)) {
    std::string message = error.message;
    passend_error_free(&error);
    throw std::runtime_error(message);
  }
  std::string text(reinterpret_cast<const char *>(answer.data), answer.len);
  passend_buffer_free(&answer);
  return text;
}

int main(int argc, char **argv) try {
  const std::string folder = argc > 1 ? argv[1] : "fixtures/demo";
  passend_engine *made = nullptr;
  if (passend_engine_new(nullptr, 0, &made, nullptr)) return 1;
  const std::unique_ptr<passend_engine, FreeEngine> engine(made);

  const std::string answer = run(engine.get(), "match",
                                 R"({"as_of":"2026-11-25","candidates":)" + list_of(folder + "/candidates.jsonl") +
                                     R"(,"vacancies":)" + list_of(folder + "/vacancies.jsonl") + "}");
  const std::string_view key = R"("hash":")";
  std::cout << answer.substr(answer.find(key) + key.size(), 64) << "\n";
  return 0;
} catch (const std::exception &error) {
  std::cerr << error.what() << "\n";
  return 1;
}
