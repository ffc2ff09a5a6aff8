// SPDX-License-Identifier: Apache-2.0
#include "core/http/fingerprint.h"
#include "core/http/refusedcertificate.h"
#include "core/http/tlsfiles.h"
#include "support/hostiletext.h"
#include "support/testwindow.h"
#include "support/tlsserver.h"
#include "support/uitest.h"
#include "support/widgetchecks.h"
#include "ui/dialogs/certificatedialog.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace Longshore;
using namespace Longshore::Ui;
using namespace Qt::StringLiterals;

using Reason = RefusedCertificate::Reason;

class TestCertificateDialog : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { m_dialog.reset(); }
    void showsWhatPeopleCompare();
    void saysEveryReason();
    void trustsOnlyByAnActOfItsOwn_data();
    void trustsOnlyByAnActOfItsOwn();
    void trustsTheCertificateThatItShows();
    void showsBothWhenTheCertificateChanged();
    void letsNothingHostileThrough();
    void canBeUsedByKeyboard();

private:
    void show(const QString &certificate, const QList<Reason> &reasons,
              const QByteArray &pinned = {});
    /// Everything that stands in it.
    [[nodiscard]] QString text() const;
    [[nodiscard]] static QByteArray fingerprint(const QString &certificate)
    {
        return fingerprintOf(readCertificates(tlsData(certificate))->first());
    }

    std::unique_ptr<CertificateDialog> m_dialog;
};

void TestCertificateDialog::show(const QString &certificate, const QList<Reason> &reasons,
                                 const QByteArray &pinned)
{
    RefusedCertificate refused{u"reg.lab:5000"_s, *readCertificates(tlsData(certificate)), reasons};
    refused.pinnedSha256 = pinned;
    m_dialog = std::make_unique<CertificateDialog>(std::make_shared<RefusedCertificate>(refused));
    m_dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

QString TestCertificateDialog::text() const
{
    QStringList texts;
    const auto labels = m_dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        texts.append(label->text());
    return texts.join(u'\n');
}

void TestCertificateDialog::showsWhatPeopleCompare()
{
    show(u"selfsigned.pem"_s, {Reason::SelfSigned});
    for (const QString &part : {u"CN=127.0.0.1"_s, u"O=Longshore tests"_s,
                                u"127.0.0.1, localhost"_s, u"2020"_s, u"2120"_s, u"Issued by"_s})
        QVERIFY2(text().contains(part), qPrintable(part));
    const QString shown = text().remove(u'\n');
    QVERIFY(shown.contains(fingerprintText(fingerprint(u"selfsigned.pem"_s))));
    QVERIFY(m_dialog->windowTitle().contains(u"reg.lab:5000"_s));
    m_dialog->resize(m_dialog->minimumSizeHint()); // Both lines of it, however small the dialog.
    const auto values = m_dialog->findChildren<QLabel *>(u"certificateValue"_s);
    for (const QLabel *value : values) {
        if (value->text().contains(u'\n'))
            QVERIFY(value->height() >= 2 * value->fontMetrics().height());
    }
}

void TestCertificateDialog::saysEveryReason()
{
    show(u"elsewhere.pem"_s, {Reason::WrongHost, Reason::UnknownAuthority});
    const QString reason = child<QLabel>(*m_dialog, u"certificateReason"_s).text();
    QVERIFY(reason.contains(u"registry.example"_s) && reason.contains(u"Another authority"_s));
}

void TestCertificateDialog::trustsOnlyByAnActOfItsOwn_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("Enter") << int(Qt::Key_Return);
    QTest::newRow("Escape") << int(Qt::Key_Escape);
    QTest::newRow("Space") << int(Qt::Key_Space);
}

void TestCertificateDialog::trustsOnlyByAnActOfItsOwn()
{
    QFETCH(const int, key);
    show(u"selfsigned.pem"_s, {Reason::SelfSigned});
    const QSignalSpy trusted(m_dialog.get(), &CertificateDialog::trusted);
    QVERIFY(child<QPushButton>(*m_dialog, u"cancel"_s).hasFocus());
    QTest::keyClick(m_dialog->focusWidget(), static_cast<Qt::Key>(key));
    QVERIFY(!m_dialog->isVisible());
    QVERIFY(trusted.isEmpty());
}

void TestCertificateDialog::trustsTheCertificateThatItShows()
{
    show(u"selfsigned.pem"_s, {Reason::SelfSigned});
    QSignalSpy trusted(m_dialog.get(), &CertificateDialog::trusted);
    press(*m_dialog, u"trust"_s);
    QCOMPARE(trusted.size(), qsizetype(1));
    QCOMPARE(parseFingerprint(trusted.first().first().toString()),
             fingerprint(u"selfsigned.pem"_s));
    QVERIFY(!m_dialog->isVisible());
}

void TestCertificateDialog::showsBothWhenTheCertificateChanged()
{
    show(u"another.pem"_s, {Reason::Changed}, fingerprint(u"server.pem"_s));
    const QString shown = text().remove(u'\n');
    QVERIFY(shown.contains(fingerprintText(fingerprint(u"another.pem"_s))));
    QVERIFY(shown.contains(fingerprintText(fingerprint(u"server.pem"_s))));
    QVERIFY(child<QLabel>(*m_dialog, u"trustExplanation"_s).text().contains(u"between you"_s));
}

void TestCertificateDialog::letsNothingHostileThrough()
{
    show(u"hostile.pem"_s, {Reason::WrongHost, Reason::SelfSigned, Reason::UnknownAuthority});
    const auto labels = m_dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        // Our own isolates around what is quoted are meant to be there.
        const QString bare = label->text().remove(QChar(0x2068)).remove(QChar(0x2069));
        QCOMPARE(HostileText::complaintAbout(bare.split(u'\n').join(u' ')), QString());
    }
    QVERIFY(text().contains(u"<b>trusted</b>"_s)); // As text: the next line is about markup.
    QCOMPARE(WidgetChecks::labelsWithMarkup(*m_dialog), QStringList());
    QVERIFY(m_dialog->minimumSizeHint().width() < 700);
}

void TestCertificateDialog::canBeUsedByKeyboard()
{
    show(u"selfsigned.pem"_s, {Reason::SelfSigned});
    QCOMPARE(WidgetChecks::complaintsAbout(*m_dialog), QStringList());
}

LONGSHORE_UI_TEST(TestCertificateDialog)
#include "tst_certificatedialog.moc"
