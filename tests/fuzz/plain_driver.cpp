// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs a fuzz target without libFuzzer: every file of a corpus, then mutations of them. Arguments: DIR COUNT [SEED].
#include "engine/model/random.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace {

std::size_t below(songda::Random &dice, std::size_t bound) { return static_cast<std::size_t>(dice.unit() * static_cast<double>(bound)); }

void mutate(std::string &input, const std::vector<std::string> &corpus, songda::Random &dice) {
    const std::size_t at = below(dice, input.size() + 1);
    switch (below(dice, 5)) {
    case 0: // one byte
        if (at < input.size())
            input[at] = static_cast<char>(below(dice, 256));
        break;
    case 1: // one bit
        if (at < input.size())
            input[at] = static_cast<char>(input[at] ^ 1 << below(dice, 8));
        break;
    case 2: input.erase(at, below(dice, 16)); break;
    case 3: input.insert(at, input.substr(below(dice, input.size() + 1), below(dice, 64))); break;
    default: { // the end of another
        const std::string &other = corpus[below(dice, corpus.size())];
        input = input.substr(0, at) + other.substr(below(dice, other.size() + 1));
    }
    }
}

void run(const std::string &input) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(input.data()), input.size()); }

} // namespace

int main(int argc, char **argv) {
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " CORPUS COUNT [SEED]\n";
        return 2;
    }
    std::vector<std::filesystem::path> files;
    for (const auto &entry : std::filesystem::directory_iterator(argv[1]))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end()); // one seed, one run
    std::vector<std::string> corpus;
    for (const auto &file : files) {
        std::ifstream in(file, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        run(corpus.back());
    }
    if (corpus.empty()) {
        std::cerr << "the corpus " << argv[1] << " is empty\n";
        return 1;
    }
    const long count = std::strtol(argv[2], nullptr, 10);
    const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
    songda::Random dice(seed);
    for (long i = 0; i < count; ++i) {
        std::string input = corpus[below(dice, corpus.size())];
        for (std::size_t n = 1 + below(dice, 6); n > 0; --n)
            mutate(input, corpus, dice);
        run(input);
    }
    std::cout << corpus.size() << " files, " << count << " mutations, seed " << seed << "\n";
    return 0;
}
