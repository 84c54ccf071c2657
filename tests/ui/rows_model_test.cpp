// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/rows_model.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QTest>
#include <random>

using namespace songda::ui;

namespace {

struct Item {
    QString key;
    int value = 0;

    bool operator==(const Item &) const = default;
};

using Items = std::vector<Item>;

/// "a1 b2" -> {a, 1}, {b, 2}
Items items(const char *text) {
    Items list;
    for (const QString &word : QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts))
        list.push_back({word.left(1), word.mid(1).toInt()});
    return list;
}

std::unique_ptr<RowsModel<Item>> makeModel() {
    return std::make_unique<RowsModel<Item>>(
        std::vector<RowsModel<Item>::Column>{
            textColumn<Item>([] { return QStringLiteral("key"); }, [](const Item &i) { return i.key; }),
            numberColumn<Item>([] { return QStringLiteral("value"); }, [](const Item &i) { return QString::number(i.value); }),
        },
        [](const Item &i) { return i.key; });
}

} // namespace

class RowsModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsExactlyWhatItIsGiven_data();
    void showsExactlyWhatItIsGiven();
    void staysRightThroughRandomChanges();
    void keepsTheSelectionWhenRowsComeAndGo();
    void tellsOnlyOfRowsThatChanged();
    void neverResets();
    void numbersAreSortedAsNumbers_data();
    void numbersAreSortedAsNumbers();
    void staysSortedWhenRowsComeAndGo();
    void theThirdClickPutsThemBack();
    void whatWasChosenStaysChosenWhenSorted();
    void aTooltipShowsWhatIsWritten();
};

void RowsModelTest::showsExactlyWhatItIsGiven_data() {
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("nothing to nothing") << QByteArray("") << QByteArray("");
    QTest::newRow("first rows") << QByteArray("") << QByteArray("a1 b2 c3");
    QTest::newRow("all go") << QByteArray("a1 b2 c3") << QByteArray("");
    QTest::newRow("new at the top") << QByteArray("b2 c3") << QByteArray("a1 b2 c3");
    QTest::newRow("new in between and at the end") << QByteArray("a1 c3") << QByteArray("a1 b2 c3 d4");
    QTest::newRow("gone from everywhere") << QByteArray("a1 b2 c3 d4 e5") << QByteArray("b2 d4");
    QTest::newRow("other values") << QByteArray("a1 b2") << QByteArray("a9 b2");
    QTest::newRow("another order") << QByteArray("a1 b2 c3") << QByteArray("c3 a1 b2");
    QTest::newRow("reversed, with new and gone") << QByteArray("a1 b2 c3 d4") << QByteArray("e5 d4 f6 b7 a1");
    QTest::newRow("a key twice is shown twice") << QByteArray("a1") << QByteArray("a1 a2");
}

void RowsModelTest::showsExactlyWhatItIsGiven() {
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    const auto model = makeModel();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->show(items(before.constData()));
    model->show(items(after.constData()));
    QVERIFY(model->rows() == items(after.constData()));
}

void RowsModelTest::staysRightThroughRandomChanges() {
    const auto model = makeModel();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(20260131);
    for (int round = 0; round < 500; ++round) {
        QString letters = QStringLiteral("abcdefghijklmnopqrst");
        std::shuffle(letters.begin(), letters.end(), random);
        Items wanted;
        for (const QChar c : letters.left(static_cast<int>(random() % 20)))
            wanted.push_back({c, static_cast<int>(random() % 3)});
        model->show(wanted);
        QVERIFY(model->rows() == wanted);
    }
}

void RowsModelTest::keepsTheSelectionWhenRowsComeAndGo() {
    const auto model = makeModel();
    QItemSelectionModel selection(model.get());
    model->show(items("a1 b2 c3"));
    selection.select(model->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    model->show(items("x0 y0 a1 b7 c3"));
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(model->at(selection.selectedRows().first())->key, QStringLiteral("b"));
}

void RowsModelTest::tellsOnlyOfRowsThatChanged() {
    const auto model = makeModel();
    model->show(items("a1 b2 c3 d4"));
    std::vector<std::pair<int, int>> told;
    connect(model.get(), &QAbstractItemModel::dataChanged, this,
        [&](const QModelIndex &first, const QModelIndex &last) { told.emplace_back(first.row(), last.row()); });
    model->show(items("a1 b2 c3 d4"));
    QVERIFY(told.empty());
    model->show(items("a1 b9 c3 d4"));
    QCOMPARE(told.size(), std::size_t(1));
    QCOMPARE(told.front().first, 1);
    QCOMPARE(told.front().second, 1);
}

void RowsModelTest::neverResets() {
    const auto model = makeModel();
    bool reset = false;
    connect(model.get(), &QAbstractItemModel::modelReset, this, [&] { reset = true; });
    model->show(items("a1 b2"));
    model->show(items("c1 d2"));
    model->show({});
    QVERIFY(!reset);
}

namespace {

/// The keys in the order of the table.
QString order(const RowsModel<Item> &model) {
    QString keys;
    for (const Item &item : model.rows())
        keys += item.key;
    return keys;
}

/// The same columns, the value with the number behind its text.
std::unique_ptr<RowsModel<Item>> makeSortable() {
    return std::make_unique<RowsModel<Item>>(
        std::vector<RowsModel<Item>::Column>{
            textColumn<Item>([] { return QStringLiteral("key"); }, [](const Item &i) { return i.key; }),
            countColumn<Item>([] { return QStringLiteral("value"); }, [](const Item &i) { return i.value; }),
            timeColumn<Item>([] { return QStringLiteral("time"); },
                [](const Item &i) { return i.value == 0 ? std::nullopt : std::optional(songda::fromMillis(1'800'000'000'000LL * i.value / 1000)); }),
        },
        [](const Item &i) { return i.key; });
}

} // namespace

void RowsModelTest::numbersAreSortedAsNumbers_data() {
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("down");
    QTest::addColumn<QString>("expected");
    QTest::newRow("words") << 0 << false << "abcde";
    QTest::newRow("words, greatest first") << 0 << true << "edcba";
    QTest::newRow("numbers") << 1 << false << "ebadc"; // as words 1200 would come before 9
    QTest::newRow("numbers, greatest first") << 1 << true << "cdabe";
    QTest::newRow("times, none last") << 2 << false << "badce"; // over the turn of a year
    QTest::newRow("times, latest first, none last") << 2 << true << "cdabe";
}

void RowsModelTest::numbersAreSortedAsNumbers() {
    QFETCH(int, column);
    QFETCH(bool, down);
    QFETCH(QString, expected);
    const auto model = makeSortable();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->show(items("a90 b9 c1200 d999 e0"));
    model->sort(column, down ? Qt::DescendingOrder : Qt::AscendingOrder);
    QCOMPARE(order(*model), expected);
}

void RowsModelTest::staysSortedWhenRowsComeAndGo() {
    const auto model = makeSortable();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->sort(1, Qt::DescendingOrder); // before there is a row
    model->show(items("a1 b2 c3"));
    QCOMPARE(order(*model), QStringLiteral("cba"));
    model->show(items("a10 b2 d5"));
    QCOMPARE(order(*model), QStringLiteral("adb"));
}

void RowsModelTest::theThirdClickPutsThemBack() {
    const auto model = makeSortable();
    const QAbstractItemModelTester tester(model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    model->show(items("c3 a1 b2"));
    model->sort(0);
    QCOMPARE(order(*model), QStringLiteral("abc"));
    model->show(items("d0 c3 a1 b2"));
    model->sort(-1);
    QCOMPARE(order(*model), QStringLiteral("dcab")); // as the page gave them last
    model->show(items("b2 d0"));
    QCOMPARE(order(*model), QStringLiteral("bd"));
}

void RowsModelTest::whatWasChosenStaysChosenWhenSorted() {
    const auto model = makeSortable();
    QItemSelectionModel selection(model.get());
    model->show(items("a90 b9 c1200"));
    selection.select(model->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    model->sort(1, Qt::DescendingOrder);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(model->at(selection.selectedRows().first())->key, QStringLiteral("b"));
    QCOMPARE(selection.selectedRows().first().row(), 2);
}

void RowsModelTest::aTooltipShowsWhatIsWritten() {
    const auto model = makeModel();
    model->show({{QStringLiteral("<b>x</b>"), 1}, {QStringLiteral("plain"), 2}});
    const QString tip = model->index(0, 0).data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(QStringLiteral("<b>")) && tip.contains(QStringLiteral("&lt;b&gt;x&lt;/b&gt;")), qPrintable(tip));
    QCOMPARE(model->index(1, 0).data(Qt::ToolTipRole).toString(), QStringLiteral("plain"));
    QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("<b>x</b>")); // the cell never reads markup
}

QTEST_GUILESS_MAIN(RowsModelTest)
#include "rows_model_test.moc"
