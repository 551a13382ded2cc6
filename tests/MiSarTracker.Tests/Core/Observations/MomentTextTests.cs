using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiSarTracker.Core.Observations;
using NodaTime.Text;
using Xunit;

namespace MiSarTracker.Tests.Core.Observations;

public sealed class MomentTextTests
{
    [Theory]
    [InlineData("2022-06-30 12:35:45+0000", "2022-06-30T12:35:45", 0)]
    [InlineData("2022-06-30 12:35:45+00:00", "2022-06-30T12:35:45", 0)]
    [InlineData("2022-06-30T12:35:45Z", "2022-06-30T12:35:45", 0)]
    [InlineData("2022-06-30T12:35:45.123456+05:30", "2022-06-30T12:35:45", 19800)]
    [InlineData("2022-06-30 12:35:45 -0500", "2022-06-30T12:35:45", -18000)]
    [InlineData("2022-06-30 12:35", "2022-06-30T12:35:00", null)]
    [InlineData("30.06.2022 7:05", "2022-06-30T07:05:00", null)]
    [InlineData("2022/06/30 12:35:45", "2022-06-30T12:35:45", null)]
    [InlineData("2022-06-30 7:05 PM", "2022-06-30T19:05:00", null)]
    [InlineData("2022-06-30 12:35:45 am", "2022-06-30T00:35:45", null)]
    [InlineData("2022-06-30 12:35PM +0200", "2022-06-30T12:35:00", 7200)]
    [InlineData("2022-06-30", "2022-06-30T00:00:00", null)]
    [InlineData("20220630", "2022-06-30T00:00:00", null)]
    [InlineData("1656592545", "2022-06-30T12:35:45", 0)]
    [InlineData("1656592545000", "2022-06-30T12:35:45", 0)]
    public void TimesAreReadAsTheyAreWritten(string text, string local, int? offsetSeconds)
    {
        Assert.True(MomentText.TryParse(Encoding.UTF8.GetBytes(text), out var moment));
        Assert.Equal(local, LocalDateTimePattern.GeneralIso.Format(moment.Local));
        Assert.Equal(offsetSeconds, moment.Offset?.Seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("2022-02-30")]
    [InlineData("2022-06-30 25:00")]
    [InlineData("2022-06-30 12:35:45+9900")]
    [InlineData("06/30/2022")]
    [InlineData("99999999999999")]
    [InlineData("2022-06-30 12:35:45 CEST")]
    [InlineData("2022-06-30 19:05 PM")]
    [InlineData("2022-06-30 7:05 PMX")]
    public void WhatIsNoTimeIsRefused(string text) => Assert.False(MomentText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void AnyBytesAreReadOrRefusedAndNothingThrows() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(3000),
            Prop.ForAll<byte[]>(bytes =>
            {
                _ = MomentText.TryParse(bytes, out var moment) && moment.Instant is null;
                MomentText.TryClock(bytes, out _, out _);
            }));
}
