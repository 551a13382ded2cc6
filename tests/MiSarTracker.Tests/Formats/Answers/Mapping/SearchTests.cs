using Xunit;

namespace MiSarTracker.Tests.Formats.Answers.Mapping;

/// <summary>What no rule reads of a mapped table can still be found: an identifier in it is disclosed.</summary>
public sealed class SearchTests
{
    [Theory]
    [InlineData("HEARTRATE_AUTO_1.csv", "date,time,heartRate,device\n2026-01-01,07:13,107,D4000000FFFF0001\n2026-01-01,07:14,108,D4000000FFFF0001\n")]
    [InlineData("ACTIVITY_1.csv", "date,lastSyncTime,steps,distance,runDistance,calories\n2026-01-01,D4000000FFFF0001,1,1,0,1\n")]
    [InlineData("x_MiFitness_hlth_center_fitness_data.csv", "Uid,Sid,Key,Time,Value,UpdateTime\nD4000000FFFF0001,s,heart_rate,1711782000,\"{\"\"bpm\"\":61}\",1\n")]
    [InlineData("x_MiFitness_hlth_center_fitness_data.csv", "Uid,Sid,Key,Time,Value,UpdateTime\n1,s,heart_rate,1711782000,\"{\"\"bpm\"\":61,\"\"from\"\":{\"\"did\"\":[\"\"D4000000FFFF0001\"\"]}}\",1\n")]
    [InlineData("x_MiFitness_hlth_center_fitness_data.csv", "Uid,Sid,Key,Time,Value,UpdateTime\n1,s,moon_phase,1711782000,\"{\"\"did\"\":\"\"D4000000FFFF0001\"\"}\",1\n")]
    [InlineData("x_MiFitness_hlth_center_sport_record.csv", "Uid,Sid,Key,Time,Category,Value,UpdateTime\n1,s,D4000000FFFF0001,1711782000,c,\"{\"\"duration\"\":61}\",1\n")]
    public void AnIdentifierInAColumnThatNoRuleReadsIsFound(string name, string table)
    {
        var disclosed = new AnswerCase().Table(name, table).Disclosed();

        Assert.Contains(disclosed.Texts, text => text.Text.Contains("D4000000FFFF0001", StringComparison.Ordinal) && text.Origin.Part == name);
    }

    [Fact]
    public void AValueThatRepeatsIsKeptOnce()
    {
        var rows = string.Concat(Enumerable.Range(0, 1000).Select(i => $"2026-01-01,{i / 60:00}:{i % 60:00},70,D4000000FFFF0001\n"));
        var text = Assert.Single(new AnswerCase().Table("HEARTRATE_AUTO_1.csv", "date,time,heartRate,device\n" + rows).Disclosed().Texts).Text;

        Assert.Equal("device\nD4000000FFFF0001\n", text);
    }
}
