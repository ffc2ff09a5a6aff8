// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/fakeconnection.h"
#include "support/uitest.h"
#include "ui/presenters/registrysource.h"

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestRegistrySource : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_connection = std::make_shared<FakeConnection>(); }
    void knowsItsImagesAtOnce();
    void countsSeveral();
    void takesADigest();

private:
    [[nodiscard]] std::unique_ptr<RegistrySource> make(const QList<Reference> &references) const
    {
        return std::make_unique<RegistrySource>(
            std::shared_ptr<Session>(m_connection, &m_connection->session),
            *RepositoryName::parse(u"team/app"), references);
    }

    std::shared_ptr<FakeConnection> m_connection;
};

void TestRegistrySource::knowsItsImagesAtOnce()
{
    const auto source = make({*Tag::parse(u"1.0")});
    QCOMPARE(source->kind(), ImageSource::Kind::Registry);
    QVERIFY(!source->isReading());
    QCOMPARE(source->images().size(), qsizetype(1));
    QCOMPARE(source->images().first().tag()->toString(), u"1.0"_s);
    const QString whole = m_connection->registry.host() + "/team/app:1.0"_L1;
    QCOMPARE(source->images().first().from, whole);
    QCOMPARE(source->description(), whole);
    QVERIFY(m_connection->registry.requests().isEmpty());
}

void TestRegistrySource::countsSeveral()
{
    const auto source = make({*Tag::parse(u"1.0"), *Tag::parse(u"2.0")});
    QVERIFY(source->description().contains(u"team/app: 2 "_s));
    QCOMPARE(source->images().last().name, u"2.0"_s);
}

void TestRegistrySource::takesADigest()
{
    const Digest digest = Digest::ofBytes("x");
    const auto source = make({digest});
    QVERIFY(!source->images().first().tag());
    QVERIFY(source->description().endsWith(u'@' + digest.toString()));
}

LONGSHORE_UI_TEST(TestRegistrySource)
#include "tst_registrysource.moc"
