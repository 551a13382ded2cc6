using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

/// <summary>A table whose file's name says nothing: only columns that no other table has together make it one that the profile knows.</summary>
public sealed class RenamedTableTests
{
    [Theory]
    [InlineData("value\n5\n")]
    [InlineData("time,value\n2024-03-30 07:00:00,5\n")]
    [InlineData("Time,Value,Key\n1711785600,5,a\n")]
    [InlineData("date,steps\n2024-03-30,5000\n")]
    [InlineData("date,value\n2024-03-30,5000\n")]
    [InlineData("time,weight\n2024-03-30 07:00:00,80\n")]
    [InlineData("timestamp,heart_rate\n1711785600,61\n")]
    [InlineData("start,stop,steps\n2024-03-30 07:00,2024-03-30 08:00,10\n")]
    [InlineData("Name,Model\nx,y\n")]
    [InlineData("date,time,steps,floors\n2024-03-30,07:00,5,1\n")]
    [InlineData("Date,Steps,Distance,Calories,Floors\n2024-03-30,5,4,3,2\n")]
    public void ATableOfAnotherVendorStaysUnknown(string table)
    {
        var answer = new AnswerCase().Table("export.csv", table);
        Assert.Empty(answer.Member("export.csv").MappedTo);
        Assert.Single(answer.Member("export.csv").UnmappedTables);
        var disclosed = answer.Disclosed();
        Assert.Empty(disclosed.Minutes);
        Assert.Empty(disclosed.Occurrences);
        Assert.Empty(disclosed.Totals);
        Assert.Empty(disclosed.Facts);
    }

    [Theory]
    [InlineData("date,time,heartRate\n2024-03-30,07:00,61\n", "heart-rate-auto")]
    [InlineData("\uFEFFDATE,TIME,HEARTRATE\n2024-03-30,07:00,61\n", "heart-rate-auto")]
    [InlineData("date,steps,calories,distance,runDistance\n2024-03-30,5000,180,3600,0\n", "activity")]
    [InlineData("date,lastSyncTime,deepSleepTime,shallowSleepTime,wakeTime,start,stop\n2019-01-01,1546384763,169,185,0,1546306440,1546327680\n", "sleep")]
    [InlineData("userId,gender,height,weight,nickName,avatar,birthday\n3000000001,1,180,80,Al,,1980-01\n", "user user-account")]
    [InlineData("date,time,stage,hr,respiratory_rate\n2024-03-30,07:00,LIGHT,55,13\n", "sleep-minute sleep-minute-heart-rate sleep-minute-respiration")]
    public void AnExportsOwnTableIsKnownUnderAnyName(string table, string rules) =>
        Assert.Equal(rules, string.Join(' ', new AnswerCase().Table("Tabelle1.csv", table).Member("Tabelle1.csv").MappedTo));

    [Fact]
    public void ASecondDownloadOfAXiaomiTableIsKnownByItsName() =>
        Assert.Equal("mi-fitness-steps", Assert.Single(new AnswerCase().Table(
            "20240501_3000000001_MiFitness_hlth_center_fitness_data (1).csv",
            "Uid,Sid,Key,Time,Value,UpdateTime\n3000000001,a,steps,1711785600,\"{\"\"time\"\":1711785600,\"\"steps\"\":12}\",1711785700\n").Member(".csv").MappedTo));
}
