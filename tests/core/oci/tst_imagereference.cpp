// SPDX-License-Identifier: Apache-2.0
#include "core/oci/imagereference.h"

#include <QTest>

using namespace Longshore;
using namespace Qt::StringLiterals;

static const QString hex(64, u'a');

class TestImageReference : public QObject
{
    Q_OBJECT

private slots:
    void splitsHostAndRepository_data();
    void splitsHostAndRepository();
    void refusesWhatIsNoReference_data();
    void refusesWhatIsNoReference();
    void saysWhatIsWrong();
    void survivesBeingWrittenAndRead_data();
    void survivesBeingWrittenAndRead();
    void hasAShortForm_data();
    void hasAShortForm();
    void knowsHosts_data();
    void knowsHosts();
};

void TestImageReference::splitsHostAndRepository_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("reference");
    const auto row = [](const QString &text, const QString &host, const QString &repository,
                        const QString &reference) {
        QTest::newRow(qPrintable(text)) << text << host << repository << reference;
    };
    const QString digest = u"sha256:"_s + hex;
    row(u"ubuntu"_s, u"docker.io"_s, u"library/ubuntu"_s, u"latest"_s);
    row(u"ubuntu:22.04"_s, u"docker.io"_s, u"library/ubuntu"_s, u"22.04"_s);
    row(u"a/b"_s, u"docker.io"_s, u"a/b"_s, u"latest"_s);
    row(QString(u"a/b:1@"_s + digest), u"docker.io"_s, u"a/b"_s, digest);
    row(QString(u"a/b@"_s + digest), u"docker.io"_s, u"a/b"_s, digest);
    row(u"docker.io/ubuntu"_s, u"docker.io"_s, u"library/ubuntu"_s, u"latest"_s);
    row(u"docker.io/a/b"_s, u"docker.io"_s, u"a/b"_s, u"latest"_s);
    row(u"index.docker.io/a/b"_s, u"docker.io"_s, u"a/b"_s, u"latest"_s);
    row(u"registry-1.docker.io/ubuntu"_s, u"docker.io"_s, u"library/ubuntu"_s, u"latest"_s);
    row(u"registry.hub.docker.com/a/b:1"_s, u"docker.io"_s, u"a/b"_s, u"1"_s);
    row(u"Docker.IO/ubuntu"_s, u"docker.io"_s, u"library/ubuntu"_s, u"latest"_s);
    row(u"reg.example:443/x"_s, u"reg.example:443"_s, u"x"_s, u"latest"_s);
    row(u"reg.example:5000/a/b:1@"_s + digest, u"reg.example:5000"_s, u"a/b"_s, digest);
    row(u"localhost/x"_s, u"localhost"_s, u"x"_s, u"latest"_s);
    row(u"localhost:5000/x"_s, u"localhost:5000"_s, u"x"_s, u"latest"_s);
    row(u"[::1]:5000/x:1"_s, u"[::1]:5000"_s, u"x"_s, u"1"_s);
    row(u"[fe80::1]/x"_s, u"[fe80::1]"_s, u"x"_s, u"latest"_s);
    row(u"127.0.0.1/x"_s, u"127.0.0.1"_s, u"x"_s, u"latest"_s);
    row(u"reg.example/x/y/z"_s, u"reg.example"_s, u"x/y/z"_s, u"latest"_s);
    row(u"Reg.Example:5000/x"_s, u"reg.example:5000"_s, u"x"_s, u"latest"_s);
    row(u"host:5000"_s, u"docker.io"_s, u"library/host"_s, u"5000"_s);
    row(u"Foo/bar"_s, u"Foo"_s, u"bar"_s, u"latest"_s);
    row(u"LOCALHOST/bar"_s, u"localhost"_s, u"bar"_s, u"latest"_s);
    row(QString(hex + u":1"_s), u"docker.io"_s, u"library/"_s + hex, u"1"_s);
    row(QString(u"a/"_s + hex), u"docker.io"_s, u"a/"_s + hex, u"latest"_s);
}

void TestImageReference::splitsHostAndRepository()
{
    QFETCH(QString, text);
    QFETCH(QString, host);
    QFETCH(QString, repository);
    QFETCH(QString, reference);
    const auto image = ImageReference::parse(text);
    QVERIFY2(image, image ? "" : qPrintable(image.error().message));
    QCOMPARE(image->host, host);
    QCOMPARE(image->repository.toString(), repository);
    QCOMPARE(image->reference().toString(), reference);
    // The tag beside a digest is kept, but does not decide.
    QCOMPARE(image->tag.has_value() && image->digest, text.contains(u":1@"_s));
}

void TestImageReference::refusesWhatIsNoReference_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("image ID") << hex;
    QTest::newRow("empty tag") << u"a:"_s;
    QTest::newRow("empty digest") << u"a@"_s;
    QTest::newRow("empty tag before a digest") << QString(u"a:@sha256:"_s + hex);
    QTest::newRow("bad tag") << u"a:-x"_s;
    QTest::newRow("bad digest") << u"a@sha256:abc"_s;
    QTest::newRow("two digests") << QString(u"a@sha256:"_s + hex + u"@sha256:"_s + hex);
    QTest::newRow("only a tag") << u":1"_s;
    QTest::newRow("only a host") << u"reg.example/"_s;
    QTest::newRow("upper case") << u"Ubuntu"_s;
    QTest::newRow("upper case behind a host") << u"reg.example/Foo"_s;
    QTest::newRow("scheme") << u"https://reg.example/x"_s;
    QTest::newRow("dots") << u"reg.example/../x"_s;
    QTest::newRow("bad host") << u"-reg.example/x"_s;
    QTest::newRow("zone") << u"[fe80::1%eth0]/x"_s;
    QTest::newRow("user") << u"me@reg.example/x"_s;
    QTest::newRow("space") << u"a b"_s;
    QTest::newRow("UI-09 shell") << u"a;rm -rf"_s;
    QTest::newRow("UI-09 substitution") << u"$(x)"_s;
    QTest::newRow("UI-09 option") << u"-v"_s;
    QTest::newRow("UI-09 separator") << u"a\u2028b"_s;
    QTest::newRow("final line break") << u"a:1\n"_s;
    QTest::newRow("NUL") << u"a\0"_s;
}

void TestImageReference::refusesWhatIsNoReference()
{
    QFETCH(QString, text);
    const auto image = ImageReference::parse(text);
    QVERIFY(!image);
    QCOMPARE(image.error().kind, Error::Kind::InvalidInput);
    QVERIFY(!image.error().message.isEmpty());
}

void TestImageReference::saysWhatIsWrong()
{
    const auto messageFor = [](const QString &text) {
        return ImageReference::parse(text).error().message;
    };
    QVERIFY(messageFor(u"reg.example/Foo"_s).contains(u"must be lower case"_s));
    QVERIFY(messageFor(hex).contains(u"image ID"_s));
    QVERIFY(messageFor(u"a:-x"_s).contains(u"tag"_s));
    QVERIFY(messageFor(u"a@b"_s).contains(u"digest"_s));
    QVERIFY(messageFor(u"a_.b/x/\u202Ey"_s).contains(u"\\u{202E}"_s)
            || messageFor(u"x/\u202Ey"_s).contains(u"\\u{202E}"_s));
}

void TestImageReference::survivesBeingWrittenAndRead_data()
{
    QTest::addColumn<QString>("text");
    const QString digest = u"sha256:"_s + hex;
    const QStringList texts{u"ubuntu"_s,
                            u"a/b:1"_s,
                            QString(u"a/b:1@"_s + digest),
                            QString(u"reg.example:5000/x@"_s + digest),
                            u"[::1]:5000/x:1"_s,
                            u"localhost/x"_s,
                            u"Foo/bar"_s,
                            u"Foo:80/bar"_s,
                            u"docker.io/library/a/b"_s};
    for (const QString &text : texts)
        QTest::newRow(qPrintable(text)) << text;
}

void TestImageReference::survivesBeingWrittenAndRead()
{
    QFETCH(QString, text);
    const auto image = ImageReference::parse(text);
    QVERIFY(image);
    const auto again = ImageReference::parse(image->toString());
    QVERIFY(again);
    QCOMPARE(again->toString(), image->toString());
    QVERIFY(*again == *image);
    QVERIFY(*ImageReference::parse(image->familiarString()) == *image);
}

void TestImageReference::hasAShortForm_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shortForm");
    QTest::newRow("library") << u"docker.io/library/ubuntu:1"_s << u"ubuntu:1"_s;
    QTest::newRow("namespace") << u"docker.io/a/b"_s << u"a/b"_s;
    QTest::newRow("deep in library") << u"docker.io/library/a/b"_s << u"library/a/b"_s;
    QTest::newRow("other host") << u"reg.example/library/ubuntu"_s
                                << u"reg.example/library/ubuntu"_s;
}

void TestImageReference::hasAShortForm()
{
    QFETCH(QString, text);
    QFETCH(QString, shortForm);
    QCOMPARE(ImageReference::parse(text)->familiarString(), shortForm);
}

void TestImageReference::knowsHosts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isHost");
    QTest::newRow("name") << u"registry"_s << true;
    QTest::newRow("name and port") << u"reg.lab:5000"_s << true;
    QTest::newRow("address") << u"10.0.0.1:5000"_s << true;
    QTest::newRow("IPv6") << u"[2001:db8::1]:5000"_s << true;
    QTest::newRow("dashes") << u"a-b.c--d"_s << true;
    QTest::newRow("dash at the end") << u"a-.b"_s << false;
    QTest::newRow("IPv6 without brackets") << u"::1"_s << false;
    QTest::newRow("IPv6 with a domain") << u"[::1].com"_s << false;
    QTest::newRow("IPv4 mapped") << u"[::ffff:1.2.3.4]"_s << false;
    QTest::newRow("final dot") << u"reg.lab."_s << false;
    QTest::newRow("underscore") << u"reg_lab"_s << false;
    QTest::newRow("no port") << u"reg.lab:"_s << false;
    QTest::newRow("letters as port") << u"reg.lab:http"_s << false;
    QTest::newRow("user") << u"me@reg.lab"_s << false;
    QTest::newRow("path") << u"reg.lab/x"_s << false;
    QTest::newRow("too long") << QString(300, u'a') << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("line break") << u"reg.lab\n"_s << false;
}

void TestImageReference::knowsHosts()
{
    QFETCH(QString, text);
    QFETCH(bool, isHost);
    QCOMPARE(isReferenceHost(text), isHost);
}

QTEST_GUILESS_MAIN(TestImageReference)
#include "tst_imagereference.moc"
