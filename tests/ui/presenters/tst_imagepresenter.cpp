// SPDX-License-Identifier: Apache-2.0
#include "core/registry/registrysession.h"
#include "support/heldrequests.h"
#include "support/testimages.h"
#include "support/uitest.h"
#include "ui/presenters/imagepresenter.h"

#include <QSignalSpy>
#include <QTest>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

class TestImagePresenter : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsAnImageAndItsConfiguration();
    void readsThePreferredPlatformOfAnIndex();
    void readsAnotherPlatformWhenItIsChosen();
    void asksForNothingThatIsShownAlready();
    void keepsTheLastChoiceWhenSeveralFollowQuickly();
    void saysThatAPlatformIsMissingAndReadsTheOthers();
    void saysThatTheTagIsMissing();
    void keepsTheImageWhenItsConfigurationIsMissing();
    void readsAgain();
    void writesTheReferenceOut();

private:
    std::unique_ptr<ImagePresenter> present(const Reference &reference);
    std::unique_ptr<ImagePresenter> presentTag(const QString &tag)
    {
        return present(*Tag::parse(tag));
    }

    Network m_network;
    std::unique_ptr<FakeRegistry> m_registry;
    std::shared_ptr<RegistrySession> m_session;
};

void TestImagePresenter::init()
{
    m_session.reset();
    m_registry = std::make_unique<FakeRegistry>();
    m_session = std::make_shared<RegistrySession>(
        m_network, *RegistryAddress::parse(m_registry->host()), u"http"_s);
    TestImages::addImage(*m_registry, u"team/app"_s, u"single"_s);
    TestImages::addIndex(*m_registry, u"team/app"_s, u"multi"_s);
}

std::unique_ptr<ImagePresenter> TestImagePresenter::present(const Reference &reference)
{
    return std::make_unique<ImagePresenter>(m_session, *RepositoryName::parse(u"team/app"_s),
                                            reference);
}

/// Entries of the index by their architecture.
static Digest entryOf(const ImagePresenter &presenter, const QString &architecture)
{
    for (const Descriptor &entry : presenter.manifest()->index()->manifests) {
        if (entry.platform && entry.platform->architecture == architecture)
            return entry.digest;
    }
    qFatal("no such platform");
}

static QString architectureOf(const ImagePresenter &presenter)
{
    const Image *image = presenter.image();
    return image && image->config ? image->config->platform.architecture : QString();
}

void TestImagePresenter::readsAnImageAndItsConfiguration()
{
    const auto presenter = presentTag(u"single"_s);
    QCOMPARE(presenter->manifest(), nullptr);
    QSignalSpy manifest(presenter.get(), &ImagePresenter::manifestLoaded);
    QSignalSpy image(presenter.get(), &ImagePresenter::imageLoaded);
    presenter->reload();
    QTRY_COMPARE(image.size(), qsizetype(1));
    QCOMPARE(manifest.size(), qsizetype(1));
    QCOMPARE(presenter->manifest()->digest, presenter->image()->manifest.digest);
    QCOMPARE(architectureOf(*presenter), u"amd64"_s);
}

void TestImagePresenter::readsThePreferredPlatformOfAnIndex()
{
    const auto presenter = presentTag(u"multi"_s);
    presenter->reload();
    QTRY_VERIFY(presenter->image());
    QVERIFY(presenter->manifest()->index());
    const Digest preferred = entryOf(*presenter, Platform::native().architecture);
    QCOMPARE(presenter->image()->manifest.digest, preferred);
}

void TestImagePresenter::readsAnotherPlatformWhenItIsChosen()
{
    const auto presenter = presentTag(u"multi"_s);
    presenter->reload();
    QTRY_VERIFY(presenter->image());
    for (const QString &architecture : {u"arm64"_s, u"amd64"_s}) {
        presenter->choosePlatform(entryOf(*presenter, architecture));
        QTRY_COMPARE(architectureOf(*presenter), architecture);
        QVERIFY(presenter->manifest()->index()); // What the tag points to stays what it is.
    }
}

void TestImagePresenter::asksForNothingThatIsShownAlready()
{
    const auto presenter = presentTag(u"multi"_s);
    presenter->reload();
    QTRY_VERIFY(presenter->image());
    m_registry->forgetRequests();
    const QSignalSpy loading(presenter.get(), &ImagePresenter::loading);
    presenter->choosePlatform(presenter->image()->manifest.digest);
    QCOMPARE(loading.size(), qsizetype(0));
    QVERIFY(m_registry->requests().isEmpty());
}

void TestImagePresenter::keepsTheLastChoiceWhenSeveralFollowQuickly()
{
    const auto presenter = presentTag(u"multi"_s);
    presenter->reload();
    QTRY_VERIFY(presenter->image());
    const Digest arm = entryOf(*presenter, u"arm64"_s);
    const Digest attestation = entryOf(*presenter, u"unknown"_s);
    HeldRequests held(*m_registry, "GET", u"/manifests/"_s);
    QSignalSpy loaded(presenter.get(), &ImagePresenter::imageLoaded);
    presenter->choosePlatform(attestation);
    QTRY_COMPARE(held.count(), qsizetype(1));
    presenter->choosePlatform(arm);
    QTRY_COMPARE(held.count(), qsizetype(2));
    held.release();
    QTRY_COMPARE(loaded.size(), qsizetype(1));
    QCOMPARE(presenter->image()->manifest.digest, arm);
}

void TestImagePresenter::saysThatAPlatformIsMissingAndReadsTheOthers()
{
    const QString preferred = Platform::native().architecture;
    const QString other = preferred == u"arm64"_s ? u"amd64"_s : u"arm64"_s;
    m_registry->failNext("GET", u"/manifests/sha256"_s, {404});
    const auto presenter = presentTag(u"multi"_s);
    QSignalSpy failed(presenter.get(), &ImagePresenter::failed);
    presenter->reload();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(failed.first().first().value<Error>().kind, Error::Kind::NotFound);
    QVERIFY(presenter->manifest()); // So that a page can tell that only the platform is missing.
    QCOMPARE(presenter->image(), nullptr);
    presenter->choosePlatform(entryOf(*presenter, other));
    QTRY_COMPARE(architectureOf(*presenter), other);
}

void TestImagePresenter::saysThatTheTagIsMissing()
{
    const auto presenter = presentTag(u"gone"_s);
    QSignalSpy failed(presenter.get(), &ImagePresenter::failed);
    presenter->reload();
    QTRY_COMPARE(failed.size(), qsizetype(1));
    QCOMPARE(presenter->manifest(), nullptr);
}

void TestImagePresenter::keepsTheImageWhenItsConfigurationIsMissing()
{
    m_registry->failNext("GET", u"/blobs/"_s, {404});
    const auto presenter = presentTag(u"single"_s);
    presenter->reload();
    QTRY_VERIFY(presenter->image());
    QVERIFY(presenter->image()->configError);
    QVERIFY(!presenter->image()->config);
    QCOMPARE(presenter->image()->manifest.image()->layers.size(), qsizetype(2));
}

void TestImagePresenter::readsAgain()
{
    const auto presenter = presentTag(u"single"_s);
    presenter->reload();
    QTRY_VERIFY(presenter->image());
    const Digest before = presenter->image()->manifest.digest;
    TestImages::addImage(*m_registry, u"team/app"_s, u"single"_s, {.layers = {"pushed"}});
    presenter->reload();
    QCOMPARE(presenter->image(), nullptr);
    QTRY_VERIFY(presenter->image());
    QVERIFY(presenter->image()->manifest.digest != before);
    QCOMPARE(presenter->manifest()->digest, presenter->image()->manifest.digest);
}

void TestImagePresenter::writesTheReferenceOut()
{
    const QString repository = m_registry->host() + u"/team/app"_s;
    QCOMPARE(presentTag(u"single"_s)->fullReference().toString(),
             QString(repository + u":single"_s));
    const Digest digest = Digest::ofBytes("x");
    QCOMPARE(present(digest)->fullReference().toString(),
             QString(repository + u'@' + digest.toString()));
}

LONGSHORE_UI_TEST(TestImagePresenter)
#include "tst_imagepresenter.moc"
