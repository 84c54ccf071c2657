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

QTEST_GUILESS_MAIN(RowsModelTest)
#include "rows_model_test.moc"
