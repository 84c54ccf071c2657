// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace songda::bench {

/// What this process and a profile's database take up at one moment.
struct Footprint {
    double residentMb = 0;
    double databaseMb = 0;
    double logMb = 0;
    double descriptors = 0;
};

/// Looks at the footprint now and then, and tells how it went in parts of the time.
class ProcessWatch {
public:
    /// `looks`: about how many there will be; room for them is taken at once, so that the watch itself does not grow.
    ProcessWatch(std::string database, int looks);

    void look();
    const Footprint &last() const { return m_looks.back(); }
    double most(double Footprint::*what) const;
    /// The median of the quarter 0, 1, 2 or 3 of all looks so far.
    double medianOfQuarter(int quarter, double Footprint::*what) const;

private:
    std::string m_database;
    std::vector<Footprint> m_looks;
};

} // namespace songda::bench
