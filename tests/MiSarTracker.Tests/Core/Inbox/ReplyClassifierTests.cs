using MiSarTracker.Core;
using MiSarTracker.Core.Article15;
using MiSarTracker.Core.Inbox;
using Xunit;

namespace MiSarTracker.Tests.Core.Inbox;

/// <summary>Replies that are told apart, in texts that the rules were not written from.</summary>
public sealed class ReplyClassifierTests
{
    private static readonly IReadOnlyList<ReplyRules> Rules = Templates.Shipped.Replies();
    private static readonly IReadOnlyList<LanguagePatterns> Languages = Templates.Shipped.Article15();

    [Theory]
    // Acknowledgements
    [InlineData("acknowledgement", "Dear Customer,\n\nThis is to confirm that your request reached our data protection team on 3 November. Your ticket number is 88213. We have received your request and will respond within one month.\n\nBest regards")]
    [InlineData("acknowledgement", "We acknowledge receipt of your subject access request. Please note that this period may be extended by two further months where necessary, taking into account the complexity of requests.")]
    [InlineData("acknowledgement", "Hello, thanks for reaching out. Your enquiry has been forwarded to the responsible department.")]
    [InlineData("acknowledgement", "Sehr geehrte Frau Wong,\n\nIhr Auskunftsersuchen vom 1. November ist bei uns eingegangen. Wir werden Ihnen innerhalb eines Monats antworten.\n\nMit freundlichen Grüßen")]
    [InlineData("acknowledgement", "Vielen Dank für Ihre Nachricht. Wir prüfen Ihr Anliegen. Sollte die Bearbeitung länger dauern, kann die Frist um zwei Monate verlängert werden.")]
    [InlineData("acknowledgement", "Madame, nous accusons réception de votre demande du 3 novembre. Ce délai peut être prolongé de deux mois si nécessaire.")]
    [InlineData("acknowledgement", "Bonjour, votre demande nous est bien parvenue et sera examinée par notre délégué.")]
    [InlineData("acknowledgement", "尊敬的用户：\n您好！我们已收到您的请求，将在一个月内答复您。感谢您的耐心等待。")]
    [InlineData("acknowledgement", "感谢您的来信。您的申请已转交隐私团队处理。如有必要，期限可能会延长两个月。")]
    // Answers
    [InlineData("answer", "Dear Ms Wong,\n\nFurther to your letter, attached you will find a copy of the personal data that we hold about you, as a ZIP archive.\n\nKind regards")]
    [InlineData("answer", "You can download your data export here: https://privacy.vendor.example/dl/8831?t=abc. The link is valid for seven days.")]
    [InlineData("answer", "After searching our systems we found that we do not hold any personal data about you.")]
    [InlineData("answer", "Sehr geehrter Herr Muster, anbei übersenden wir Ihnen die Kopie Ihrer personenbezogenen Daten.")]
    [InlineData("answer", "Ihre Daten stehen unter folgendem Link zum Download bereit: https://daten.example/abruf/1")]
    [InlineData("answer", "Wir haben keine personenbezogenen Daten zu Ihrer Person gespeichert.")]
    [InlineData("answer", "Madame, veuillez trouver ci-joint une copie de vos données personnelles.")]
    [InlineData("answer", "Vos données sont disponibles au téléchargement à l'adresse suivante : https://exemple.fr/export")]
    [InlineData("answer", "您好，附件是您的个人数据副本，请查收。")]
    [InlineData("answer", "您可以通过以下链接下载您的个人数据：https://example.cn/dl/1")]
    // Parts of an answer
    [InlineData("partial", "Please find attached your account and device data. The remaining data will follow separately.")]
    [InlineData("partial", "Anbei erhalten Sie die Kopie Ihrer Kontodaten. Die übrigen Daten reichen wir in den nächsten Tagen nach.")]
    [InlineData("partial", "Vous trouverez ci-joint vos données de compte. Les autres données vous seront communiquées ultérieurement.")]
    [InlineData("partial", "附件为您的账户数据，其余数据将于稍后发送。")]
    // Extensions
    [InlineData("extension", "We have received your request. Given the number of requests that we handle at present, we are extending the time limit by two months in accordance with Article 12(3) GDPR.")]
    [InlineData("extension", "Unfortunately we will not be able to answer you within one month. You will hear from us at the latest on 4 February 2027.")]
    [InlineData("extension", "Owing to the complexity of your request, we require an additional two months to respond.")]
    [InlineData("extension", "Wir haben Ihren Antrag erhalten. Aufgrund der Komplexität verlängern wir die Frist zur Beantwortung um zwei Monate bis zum 14.02.2027.")]
    [InlineData("extension", "Leider können wir Ihr Ersuchen nicht innerhalb eines Monats beantworten.")]
    [InlineData("extension", "Compte tenu de la complexité de votre demande, nous prolongeons le délai de réponse de deux mois.")]
    [InlineData("extension", "Nous vous informons que nous avons besoin d'un délai supplémentaire pour vous répondre.")]
    [InlineData("extension", "由于您的请求较为复杂，我们决定将答复期限延长两个月。")]
    [InlineData("extension", "我们已收到您的请求。因请求数量众多，我们需要更多时间，将于2027年2月1日前答复。")]
    // Identity
    [InlineData("identity", "Thank you for your request. Before we can process it, please send us a copy of your passport or driving licence.")]
    [InlineData("identity", "In order to verify your identity, we ask you to reply from the e-mail address that is registered with your account.")]
    [InlineData("identity", "Bitte übersenden Sie uns eine Kopie Ihres Personalausweises, damit wir Ihre Identität prüfen können.")]
    [InlineData("identity", "Afin de vérifier votre identité, merci de nous transmettre une copie d'une pièce d'identité.")]
    [InlineData("identity", "为了核实您的身份，请提供您的身份证复印件。")]
    // Clarification
    [InlineData("clarification", "Could you please specify which device and which period your request concerns?")]
    [InlineData("clarification", "We need further information to find your records: please provide your Mi ID or phone number.")]
    [InlineData("clarification", "Bitte präzisieren Sie, auf welche Daten sich Ihr Antrag bezieht.")]
    [InlineData("clarification", "Pourriez-vous préciser votre demande et nous indiquer quel compte est concerné ?")]
    [InlineData("clarification", "请您说明具体需要哪些数据。")]
    // Refusals
    [InlineData("refusal", "After careful examination we must decline your request, as it is manifestly excessive.")]
    [InlineData("refusal", "We regret that we are unable to provide you with a copy of the requested data.")]
    [InlineData("refusal", "Ihren Antrag auf Auskunft lehnen wir ab.")]
    [InlineData("refusal", "Nous ne pouvons pas donner suite à votre demande, qui est manifestement excessive.")]
    [InlineData("refusal", "很抱歉，我们拒绝您的请求。")]
    // Fees
    [InlineData("fee", "We will process your request once you have paid an administrative fee of EUR 25.")]
    [InlineData("fee", "Für die Bearbeitung berechnen wir eine Gebühr von 30 Euro.")]
    [InlineData("fee", "Le traitement de votre demande est soumis au paiement de frais administratifs de 20 euros.")]
    [InlineData("fee", "请先支付100元手续费，我们再处理您的申请。")]
    // Somebody else
    [InlineData("not-controller", "Mi Fit is a product of Huami. Xiaomi is not the data controller for this app; please contact privacy@huami.com.")]
    [InlineData("not-controller", "Wir sind für die Verarbeitung dieser Daten nicht verantwortlich. Bitte wenden Sie sich an die Huami Corporation.")]
    [InlineData("not-controller", "Nous ne sommes pas responsable du traitement pour cette application ; veuillez contacter directement la société Huami.")]
    [InlineData("not-controller", "小米并非该应用的数据控制者，请联系华米公司。")]
    // Machines
    [InlineData("automatic", "I am out of the office until 3 December. In urgent matters call my colleague at extension 4711; the deadline for submissions was extended by two weeks.")]
    [InlineData("automatic", "Ich bin bis zum 3. Dezember im Urlaub. Ihre E-Mail wird nicht weitergeleitet.")]
    [InlineData("automatic", "Je suis absente du bureau jusqu'au 3 décembre.")]
    [InlineData("automatic", "自动回复：我正在休假，请联系我的同事。")]
    // Nothing that can be told
    [InlineData("unclear", "Hello Alice, how was your holiday? See you on Monday.")]
    [InlineData("unclear", "We must extend the period by two months. We refuse your request, as it is manifestly unfounded.")]
    public void ARepliesWordsSayWhatItIs(string kind, string text) => Assert.Equal(kind, Kind(text));

    /// <summary>Written after the rules, by what offices write; those that failed at first made the rules better.</summary>
    [Theory]
    [InlineData("acknowledgement", "Dear Alice Voorbeeld,\n\nWe are writing to let you know that we received your data subject access request on 22 November 2026. Our reference is DSR-99812. We aim to respond without undue delay and in any event within one month of receipt.\n\nYours sincerely,\nData Protection Office")]
    [InlineData("acknowledgement", "Your request has been successfully submitted. A member of our privacy team will contact you shortly.")]
    [InlineData("acknowledgement", "Guten Tag, hiermit bestätigen wir den Erhalt Ihrer Anfrage vom 22.11.2026. Ihre Vorgangsnummer lautet 12345. Wir kommen unaufgefordert auf Sie zu.")]
    [InlineData("acknowledgement", "Bonjour, nous avons bien reçu votre courriel et vous répondrons dans les meilleurs délais.")]
    [InlineData("acknowledgement", "您好，您的申请我们已经收到，正在处理中。")]
    [InlineData("answer", "Dear Alice,\n\nIn response to your access request under Article 15 GDPR, we hereby provide you with the information requested. The enclosed archive contains all personal data relating to your account.\n\nRegards")]
    [InlineData("answer", "We have completed your request. Your personal data report is ready and can be downloaded from the portal using the link below: https://dsr.example.com/reports/1")]
    [InlineData("answer", "Hi, here are your files. The password for the ZIP archive will be sent in a separate e-mail.")]
    [InlineData("answer", "Sehr geehrte Damen und Herren,\nin der Anlage erhalten Sie die von Ihnen gewünschte Auskunft nach Art. 15 DSGVO.")]
    [InlineData("answer", "Hiermit erteilen wir Ihnen Auskunft über die zu Ihrer Person gespeicherten Daten. Die Datei ist beigefügt.")]
    [InlineData("answer", "Suite à votre demande, vous trouverez en pièce jointe l'ensemble des données à caractère personnel vous concernant.")]
    [InlineData("answer", "尊敬的用户，针对您的请求，我们现向您提供您的个人信息副本，请见附件。")]
    [InlineData("extension", "We refer to your request of 22 November 2026. Pursuant to Art. 12(3) GDPR we hereby inform you that the response period will be extended by a further two months due to the complexity of the request.")]
    [InlineData("extension", "We regret to inform you that it will take us longer than one month to compile your data. We will send it by 20 February 2027.")]
    [InlineData("extension", "Thank you for your email. We acknowledge receipt. Because of an unusually high volume of requests we are making use of the possibility to extend the deadline; you will receive our answer by 22 February 2027.")]
    [InlineData("extension", "Wir haben Ihre Anfrage erhalten und teilen Ihnen mit, dass wir von der Möglichkeit der Fristverlängerung nach Art. 12 Abs. 3 S. 2 DSGVO Gebrauch machen.")]
    [InlineData("extension", "Wir benötigen für die Zusammenstellung mehr Zeit. Sie erhalten unsere Antwort spätestens am 22. Februar 2027.")]
    [InlineData("extension", "Conformément à l'article 12.3 du RGPD, nous vous informons que ce délai est prolongé de deux mois en raison du nombre de demandes.")]
    [InlineData("extension", "根据GDPR第12条第3款，鉴于请求的复杂性，我们将答复期限再延长两个月。")]
    [InlineData("identity", "We were unable to verify that you are the owner of this account. Kindly attach a scan of a government-issued photo ID.")]
    [InlineData("identity", "For security reasons, please confirm your identity by completing the attached form and returning it with a copy of your ID card.")]
    [InlineData("identity", "Um sicherzustellen, dass wir Ihre Daten nicht an Unbefugte herausgeben, benötigen wir einen geeigneten Identitätsnachweis, zum Beispiel eine geschwärzte Ausweiskopie.")]
    [InlineData("identity", "Nous avons des doutes raisonnables quant à votre identité. Veuillez nous adresser la copie d'un titre d'identité.")]
    [InlineData("identity", "请您提交护照扫描件以便我们进行身份验证。")]
    [InlineData("clarification", "To help us locate your data, could you let us know which e-mail address or phone number you used to register?")]
    [InlineData("clarification", "As we process a large quantity of information about you, we ask you to specify the information or processing activities to which the request relates.")]
    [InlineData("clarification", "Bitte teilen Sie uns mit, welche Produkte Sie nutzen und unter welcher Telefonnummer Sie registriert sind.")]
    [InlineData("clarification", "Afin de retrouver vos données, merci de nous indiquer l'identifiant de votre compte Mi.")]
    [InlineData("clarification", "请提供您的小米账号以及注册手机号，以便我们查找数据。")]
    [InlineData("refusal", "Having considered your request, we have decided not to comply with it. You may lodge a complaint with a supervisory authority.")]
    [InlineData("refusal", "Your request is rejected because it is repetitive within the meaning of Article 12(5) GDPR.")]
    [InlineData("refusal", "Ihrem Auskunftsbegehren können wir leider nicht entsprechen, da es offenkundig unbegründet ist.")]
    [InlineData("refusal", "Nous avons décidé de rejeter votre demande d'accès.")]
    [InlineData("refusal", "您的请求明显过度，我们不予处理。")]
    [InlineData("fee", "A fee of €15 is payable before we can release the copy. Please transfer the amount to the account below.")]
    [InlineData("fee", "Bitte überweisen Sie vorab die Bearbeitungsgebühr in Höhe von 15 € auf unser Konto.")]
    [InlineData("fee", "Nous vous prions de régler des frais de dossier de 15 euros.")]
    [InlineData("not-controller", "Please note that Zepp Life is operated by Anhui Huami Information Technology Co., Ltd., which is an independent data controller. We have forwarded your request to Huami.")]
    [InlineData("not-controller", "We are not the controller of the personal data in question. The controller is Anhui Huami Information Technology Co., Ltd.")]
    [InlineData("not-controller", "Verantwortlicher für die App Mi Fit ist die Anhui Huami Information Technology Co., Ltd. Bitte richten Sie Ihr Ersuchen direkt an Huami.")]
    [InlineData("not-controller", "L'application Mi Fit est exploitée par Huami ; nous vous invitons à vous adresser à cette société.")]
    [InlineData("not-controller", "Mi Fit由华米公司运营，我们不是数据控制者，请您联系华米。")]
    [InlineData("automatic", "This is an automatically generated message, please do not reply.")]
    [InlineData("automatic", "We have updated our privacy policy. The retention period for activity data was extended. Unsubscribe here.")]
    [InlineData("automatic", "Wir haben unsere Datenschutzerklärung aktualisiert. Newsletter abbestellen: hier.")]
    [InlineData("partial", "Attached is the first part of your data. Location data has been withheld because it contains trade secrets.")]
    [InlineData("partial", "Teilauskunft: Anbei erhalten Sie Ihre Stammdaten. Die Protokolldaten folgen gesondert.")]
    public void TextsOfOthersAreToldApartToo(string kind, string text) => Assert.Equal(kind, Kind(text));

    [Theory]
    [InlineData("We do not require proof of your identity. We have received your request.")]
    [InlineData("We have received your request. The first copy is free of charge; we may charge a reasonable fee for further copies.")]
    [InlineData("Thank you for your request. If we have reasonable doubts about your identity, we may ask you for a copy of your ID card.")]
    [InlineData("Vielen Dank für Ihre Anfrage. Die Auskunft ist kostenlos; eine Verlängerung der Frist ist nicht vorgesehen.")]
    [InlineData("Merci pour votre message. Cette démarche est gratuite et aucune pièce d'identité n'est nécessaire.")]
    [InlineData("我们已收到您的申请。本服务免费，无需提供身份证。")]
    public void WhatIsDeniedOrOnlyPossibleIsNotTakenForSaid(string text) => Assert.Equal("acknowledgement", Kind(text));

    [Fact]
    public void AMachinesMailIsAMachinesWhateverItSays()
    {
        var mail = new MailFacts { Text = "We extend the period by two months. Please send your passport.", Robot = RobotMarks.Of(Header(("Auto-Submitted", "auto-replied (vacation)"))) };
        var guess = new ReplyClassifier(Rules).Classify(mail, "", false);
        Assert.Equal(MailKind.Automatic, guess.Kind);
        Assert.Contains(guess.Also, sign => sign.Kind == MailKind.Extension);
    }

    [Fact]
    public void OurOwnLetterIsNotTheControllersWordHoweverItIsQuoted()
    {
        const string letter = "Please send me a copy of my personal data. If you extend the period by two months, tell me the reasons. You may not ask for a copy of my passport.";
        string reply = "Thank you for your message.\n\nAlice wrote that:\n" + letter;
        Assert.Equal(MailKind.Acknowledgement, new ReplyClassifier(Rules).Classify(new MailFacts { Text = reply }, letter, false).Kind);
        string quoted = "We have received your request.\n\nOn 1 November 2026 at 10:00, Alice wrote:\n> We extend the deadline by two months, they said.";
        Assert.Equal("acknowledgement", Kind(quoted));
    }

    [Fact]
    public void ASentenceThatIsWrappedOverLinesIsOneSentenceAndIsShownWhole()
    {
        var guess = Guess("Dear Alice,\n\nbecause of the number of requests we\nhave to extend the period for our\nanswer by two months, until 22 January 2027.\n\nRegards");
        Assert.Equal(MailKind.Extension, guess.Kind);
        Assert.Equal("because of the number of requests we have to extend the period for our answer by two months, until 22 January 2027.", guess.Sign!.Sentence[(guess.Sign.Sentence.IndexOf("because", StringComparison.Ordinal))..]);
        Assert.Equal("until 22 january 2027", new ReplyClassifier(Rules).UntilIn(guess));
    }

    [Theory]
    [InlineData("We have to extend the period by two further months because several systems have to be searched.", "several systems")]
    [InlineData("We extend the period for our answer by two months.\n\nThe number of requests has doubled this year.", "has doubled")]
    [InlineData("Wir verlängern die Frist um zwei Monate. Grund ist die Komplexität Ihrer Anfrage.", "Komplexität")]
    [InlineData("En raison de la complexité de la demande, nous prolongeons le délai de deux mois.", "complexité")]
    [InlineData("由于请求数量较多，我们需要将答复期限延长两个月。", "数量")]
    [InlineData("We extend the period for our answer by two months.", null)]
    [InlineData("Wir verlängern die Frist um zwei Monate.", null)]
    public void TheReasonsOfAnExtensionAreNotOverlooked(string text, string? reasons)
    {
        var guess = Guess(text);

        Assert.Equal(MailKind.Extension, guess.Kind);
        var found = new ReplyClassifier(Rules).ReasonsIn(guess, text);
        Assert.Equal(reasons is null, found is null);
        Assert.Contains(reasons ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void AReportOfAFailureIsABounceAndOneOfSuccessIsNone()
    {
        Assert.Equal(MailKind.Bounce, Of(DeliveryAction.Failed));
        Assert.Equal(MailKind.DeliveryReport, Of(DeliveryAction.Delivered));
        Assert.Equal(MailKind.DeliveryReport, Of(DeliveryAction.Delayed));
        Assert.Equal(MailKind.ReadReceipt, Of(DeliveryAction.Displayed));

        static MailKind Of(DeliveryAction action) => new ReplyClassifier(Rules).Classify(new MailFacts { Report = new MailReport { Action = action }, Text = "We extend the period by two months." }, "", false).Kind;
    }

    [Fact]
    public void EveryRuleSaysWhyAndTheFilesOfAllLanguagesKnowAllKinds()
    {
        Assert.Equal(["de", "en", "fr", "zh"], Rules.Select(rules => rules.Language).Order());
        foreach (ReplyRules rules in Rules)
        {
            Assert.Equal(11, rules.Rules.Select(rule => rule.Kind).Distinct().Count());
            Assert.All(rules.Rules, rule => Assert.True(rule.Cue.Because.Length > 3, rule.Cue.Id));
        }
    }

    [Fact]
    public void AFileOfRulesWithAMistakeIsRefusedWithItsPlace()
    {
        BadInput fault = Assert.Throws<BadInput>(() => ReplyRules.Read("""{"language":"xx","sources":{"a":"b"},"marks":["x"],"words":{},"until":["x"],"reasons":["x"],"kinds":{"answr":[]}}""", "xx.json"));
        Assert.Contains("answr", fault.Message, StringComparison.Ordinal);
    }

    internal static Func<string, IEnumerable<string>> Header(params (string Name, string Value)[] headers) =>
        name => headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    private static string Kind(string text) => MiSarTracker.Core.Cases.ContractName.Of(Guess(text).Kind);

    private static ReplyGuess Guess(string text) => new ReplyClassifier(Rules).Classify(new MailFacts { Text = OwnWords.Of(text, Languages) }, "", false);
}
