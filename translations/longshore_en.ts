<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
    <context>
        <name>CertificateText</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CleanupRules</name>
        <message numerus="yes">
            <source>older than %n day(s)</source>
            <translation>
                <numerusform>older than %n day</numerusform>
                <numerusform>older than %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>not older than %n day(s)</source>
            <translation>
                <numerusform>not older than %n day</numerusform>
                <numerusform>not older than %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s)</source>
            <translation>
                <numerusform>%n day</numerusform>
                <numerusform>%n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CopyText</name>
        <message numerus="yes">
            <source>To be sent: %1 of %2, in %n part(s) of %3.</source>
            <translation>
                <numerusform>To be sent: %1 of %2, in %n part of %3.</numerusform>
                <numerusform>To be sent: %1 of %2, in %n parts of %3.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n more file(s) could not be read.</source>
            <translation>
                <numerusform>%n more file could not be read.</numerusform>
                <numerusform>%n more files could not be read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CopyTransfer</name>
        <message numerus="yes">
            <source>%n layer(s) may not be distributed and were left out.</source>
            <translation>
                <numerusform>%n layer may not be distributed and was left out.</numerusform>
                <numerusform>%n layers may not be distributed and were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DeletionText</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>is deleted with its image and %n more tag(s)</source>
            <translation>
                <numerusform>is deleted with its image and %n more tag</numerusform>
                <numerusform>is deleted with its image and %n more tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) deleted</source>
            <translation>
                <numerusform>%n tag deleted</numerusform>
                <numerusform>%n tags deleted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n skipped because something changed</source>
            <translation>
                <numerusform>%n skipped because something changed</numerusform>
                <numerusform>%n skipped because something changed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not tried</source>
            <translation>
                <numerusform>%n not tried</numerusform>
                <numerusform>%n not tried</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::ConnectionPresenter</name>
        <message numerus="yes">
            <source>%n name(s)</source>
            <translation>
                <numerusform>%n name</numerusform>
                <numerusform>%n names</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::CopyDialog</name>
        <message numerus="yes">
            <source>All %n, each under its own tag</source>
            <comment>images</comment>
            <translation>
                <numerusform>All %n, each under its own tag</numerusform>
                <numerusform>All %n, each under its own tag</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::DeleteDialog</name>
        <message numerus="yes">
            <source>Delete %n tag(s) from %1?</source>
            <translation>
                <numerusform>Delete %n tag from %1?</numerusform>
                <numerusform>Delete %n tags from %1?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>A backup of %n manifest(s) will be written before anything is deleted, to %1. Layers are not included.</source>
            <translation>
                <numerusform>A backup of %n manifest will be written before anything is deleted, to %1. Layers are not included.</numerusform>
                <numerusform>A backup of %n manifests will be written before anything is deleted, to %1. Layers are not included.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Also delete %n more tag(s): %1</source>
            <translation>
                <numerusform>&amp;Also delete %n more tag: %1</numerusform>
                <numerusform>&amp;Also delete %n more tags: %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Delete %n Tag(s)</source>
            <translation>
                <numerusform>&amp;Delete %n Tag</numerusform>
                <numerusform>&amp;Delete %n Tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::FileSource</name>
        <message numerus="yes">
            <source>OCI layout with %n image(s)</source>
            <translation>
                <numerusform>OCI layout with %n image</numerusform>
                <numerusform>OCI layout with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>OCI archive with %n image(s)</source>
            <translation>
                <numerusform>OCI archive with %n image</numerusform>
                <numerusform>OCI archive with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Docker archive with %n image(s)</source>
            <translation>
                <numerusform>Docker archive with %n image</numerusform>
                <numerusform>Docker archive with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>what skopeo writes as "dir:", with %n image(s)</source>
            <translation>
                <numerusform>what skopeo writes as "dir:", with %n image</numerusform>
                <numerusform>what skopeo writes as "dir:", with %n images</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s)</source>
            <translation>
                <numerusform>%n file</numerusform>
                <numerusform>%n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n image(s)</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::ImagePage</name>
        <message numerus="yes">
            <source>%n layer(s)</source>
            <translation>
                <numerusform>%n layer</numerusform>
                <numerusform>%n layers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::JsonTreeModel</name>
        <message numerus="yes">
            <source>%n element(s)</source>
            <translation>
                <numerusform>%n element</numerusform>
                <numerusform>%n elements</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n member</numerusform>
                <numerusform>%n members</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::QuitDialog</name>
        <message numerus="yes">
            <source>%n transfer(s) would be stopped.</source>
            <translation>
                <numerusform>%n transfer would be stopped.</numerusform>
                <numerusform>%n transfers would be stopped.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RegistryPresenter</name>
        <message numerus="yes">
            <source>Reading… %n name(s)</source>
            <translation>
                <numerusform>Reading… %n name</numerusform>
                <numerusform>Reading… %n names</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n entry(ies) of the list are no names and were left out.</source>
            <translation>
                <numerusform>%n entry of the list is no name and was left out.</numerusform>
                <numerusform>%n entries of the list are no names and were left out.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RegistrySource</name>
        <message numerus="yes">
            <source>%n image(s)</source>
            <translation>
                <numerusform>%n image</numerusform>
                <numerusform>%n images</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RepositoryPage</name>
        <message numerus="yes">
            <source>%n entry(ies) of the list are no tags and were left out.</source>
            <translation>
                <numerusform>%n entry of the list is no tag and was left out.</numerusform>
                <numerusform>%n entries of the list are no tags and were left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are hidden by the filter.</source>
            <translation>
                <numerusform>%n tag is hidden by the filter.</numerusform>
                <numerusform>%n tags are hidden by the filter.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n tag(s)</source>
            <translation>
                <numerusform>%1 of %n tag</numerusform>
                <numerusform>%1 of %n tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s)</source>
            <translation>
                <numerusform>%n tag</numerusform>
                <numerusform>%n tags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) selected</source>
            <translation>
                <numerusform>%n tag selected</numerusform>
                <numerusform>%n tags selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::RestoreDialog</name>
        <message numerus="yes">
            <source>&amp;Restore %n Tag(s)</source>
            <translation>
                <numerusform>&amp;Restore %n Tag</numerusform>
                <numerusform>&amp;Restore %n Tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::StatusLine</name>
        <message numerus="yes">
            <source>%n transfer(s)</source>
            <translation>
                <numerusform>%n transfer</numerusform>
                <numerusform>%n transfers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 Trying again in %n second(s).</source>
            <translation>
                <numerusform>%1 Trying again in %n second.</numerusform>
                <numerusform>%1 Trying again in %n seconds.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Longshore::Ui::TagTreeView</name>
        <message numerus="yes">
            <source>%n tag(s)</source>
            <translation>
                <numerusform>%n tag</numerusform>
                <numerusform>%n tags</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RestoreText</name>
        <message numerus="yes">
            <source>%n tag(s) can come back.</source>
            <translation>
                <numerusform>%n tag can come back.</numerusform>
                <numerusform>%n tags can come back.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) are there already.</source>
            <translation>
                <numerusform>%n tag is there already.</numerusform>
                <numerusform>%n tags are there already.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) point to something else by now. Those that you tick are moved back, after what they point to was saved.</source>
            <translation>
                <numerusform>%n tag points to something else by now. If you tick it, it is moved back, after what it points to was saved.</numerusform>
                <numerusform>%n tags point to something else by now. Those that you tick are moved back, after what they point to was saved.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) cannot come back: the server has removed layers that are not in the backup.</source>
            <translation>
                <numerusform>%n tag cannot come back: the server has removed layers that are not in the backup.</numerusform>
                <numerusform>%n tags cannot come back: the server has removed layers that are not in the backup.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n tag(s) restored</source>
            <translation>
                <numerusform>%n tag restored</numerusform>
                <numerusform>%n tags restored</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n was there</source>
            <translation>
                <numerusform>%n was there</numerusform>
                <numerusform>%n was there</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n left alone</source>
            <translation>
                <numerusform>%n left alone</numerusform>
                <numerusform>%n left alone</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not tried</source>
            <translation>
                <numerusform>%n not tried</numerusform>
                <numerusform>%n not tried</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TagTreeText</name>
        <message numerus="yes">
            <source>%1 and %n more</source>
            <translation>
                <numerusform>%1 and %n more</numerusform>
                <numerusform>%1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ValueFormat</name>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n minute ago</numerusform>
                <numerusform>%n minutes ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) ago</source>
            <translation>
                <numerusform>%n hour ago</numerusform>
                <numerusform>%n hours ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n day(s) ago</source>
            <translation>
                <numerusform>%n day ago</numerusform>
                <numerusform>%n days ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n week(s) ago</source>
            <translation>
                <numerusform>%n week ago</numerusform>
                <numerusform>%n weeks ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n month(s) ago</source>
            <translation>
                <numerusform>%n month ago</numerusform>
                <numerusform>%n months ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n year(s) ago</source>
            <translation>
                <numerusform>%n year ago</numerusform>
                <numerusform>%n years ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>%n second left</numerusform>
                <numerusform>%n seconds left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>%n minute left</numerusform>
                <numerusform>%n minutes left</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>%n hour left</numerusform>
                <numerusform>%n hours left</numerusform>
            </translation>
        </message>
    </context>
</TS>
