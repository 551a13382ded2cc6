using MiSarTracker.Core.Observations;
using MiSarTracker.Formats.Uploads;
using MiSarTracker.Formats.Uploads.Xiaomi;
using Xunit;

namespace MiSarTracker.Tests.Formats.Uploads;

/// <summary>Xiaomi's wrapping opens with the key that the same capture holds, and is opaque without it. Ciphertexts by Python's hashlib and an RC4 of its own.</summary>
public sealed class MiFitnessTests
{
    private const string Host = "de.hlth.io.mi.com";
    private const string Login = "&&&START&&&{\"ssecurity\":\"AAECAwQFBgcICQoLDA0ODw==\",\"userId\":6789012345,\"code\":0}";
    private const string Target = "/app/v1/data/get_fitness_data_by_time?data=cBCfsoHOmisVG3EyVPdWH7Dn%2B+AGF2j5LA==&rc4_hash__=abcd&signature=efgh&_nonce=ZGVmZ2hpamtsbW5v&timezone=Europe%2FBerlin";
    private const string Answer = "cBCOuILC138HDXE7VKYJXLvrtLNQWjnpfVCUItjcJjVOjynJBgTRwDFkoxZh5+v2CEv8u5bDT+CcWUPFV8YLk05Ey5tT8+ySRZVvf30M2USMpulJe2O5Vsh91NKE6YI7ht7ZTHhxWOJEiedqK99htHMjSehhOJcoVcyay8HmuvfXCeTx+KPWZ1GEpGY0zonEn/ZzNOU2NJorhUzCXG4y9+XwuyroMyKpDQ2JgGBEtMdgAX6Iws1Z2JN8akOtuQs5DLkG/9ydpjFj2+hqEwklJMotdRbpX/gTzeh6uf2jcu5mQY+aXNYt5F46L06VOmLepI3JbH6RAVostoSy890OmVEb4EwkeWEvpvZ/uMx54+d/palMlc1m1Rf/TQYJJP+/s/2/9EqH1zarwoAdQ1cr/yyZ8JJ9gdcoaal1qrgcelM91EIpjaEmiJz+Dv0cqoNvfENj";
    private const string GzippedAnswer = "FLnl1+an9UU1IsaZ8Nv4DdAOd/6bTGPgAEJazbOb78Bpvdb97zxTTzg1h4fUnmpRivOKarzsNKug96sLZj4TW7Wm4UI8g/1N8X2wHZCaZzJVpLgqbCj0jy3UuETqRSIpLbet4A/lIrywWME7ilU+q1SOBnW81opgmHJU+Ch3je6Kv4L/9mEnmDNHjv27MUdtXGmKCTIr2vL358exnuunZUW0ocf/KlBgfXqapwgp0Q==";

    [Fact]
    public void TheKeystreamIsThatOfRfc6229At1024()
    {
        var zeros = new byte[16];
        Rc4.Apply([1, 2, 3, 4, 5], zeros, 1024);

        Assert.Equal("30abbcc7c20b01609f23ee2d5f6bb7df", Convert.ToHexStringLower(zeros));
    }

    [Theory]
    [InlineData(Answer)]
    [InlineData(GzippedAnswer)]
    public void WithTheLoginInTheCaptureTheAnswerIsDecoded(string answer)
    {
        var traffic = new Traffic();
        traffic.Send(traffic.Request("POST", "/pass/serviceLoginAuth2", "user=erika%40example.org&hash=0123456789ABCDEF"u8.ToArray(), "application/x-www-form-urlencoded", host: "account.xiaomi.com", answer: Login));
        var view = traffic.Get(Target, answer, Host);
        var uploaded = traffic.Uploaded();

        Assert.Equal((UploadOutcome.StoredCopy, "mi-fitness-read"), (view.Outcome, view.EndpointId));
        Assert.Equal(61, uploaded.Stored!.Minutes.Single(day => day.Category == Category.HeartRate).Values[600]);
        Assert.Equal(42, uploaded.Stored!.Minutes.Single(day => day.Category == Category.Steps).Values[601]);
        Assert.Equal("71.5", uploaded.Stored!.Occurrences.Single(one => one.Category == Category.Body)["weight"]!.Display);
        Assert.Contains(uploaded.Stored.Facts, fact => fact is { Name: "xiaomi-user-id", Value: "6789012345" });
        Assert.DoesNotContain(uploaded.Facts.Concat(uploaded.Stored.Facts), fact => fact.Value.Contains("AAECAw", StringComparison.Ordinal) || fact.Value.Contains("erika", StringComparison.Ordinal) || fact.Value.Contains("0123456789ABCDEF", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutTheLoginItIsOpaque()
    {
        var traffic = new Traffic();
        var view = traffic.Get(Target, Answer, Host);

        Assert.Equal(UploadOutcome.Opaque, view.Outcome);
        Assert.Contains("does not hold the key", view.Because, StringComparison.Ordinal);
        Assert.Empty(traffic.Uploaded().Stored?.Minutes ?? []);
    }

    [Fact]
    public void AnotherAccountsKeyOpensNothing()
    {
        var traffic = new Traffic();
        traffic.Get("/pass/serviceLogin", Login.Replace("AAEC", "BBBB", StringComparison.Ordinal), "account.xiaomi.com");

        Assert.Equal(UploadOutcome.Opaque, traffic.Get(Target, Answer, Host).Outcome);
    }
}
