using MiSarTracker.Core;
using MiSarTracker.Core.Cases;
using Xunit;

namespace MiSarTracker.Tests.Core.Cases;

public sealed class ControllerMovesTests
{
    [Fact]
    public void EveryStateIsReachedFromADraftAndNoneLeadsBackToIt()
    {
        var reached = new HashSet<ControllerState> { ControllerState.Draft };
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith([.. reached.SelectMany(ControllerMoves.From)]);
        }

        Assert.Equal(Enum.GetValues<ControllerState>().Order(), reached.Order());
        Assert.DoesNotContain(Enum.GetValues<ControllerState>(), state => ControllerMoves.From(state).Contains(ControllerState.Draft));
    }

    [Fact]
    public void EveryStepThatTheMachineDoesNotHaveIsRefusedWithThoseThatItHas()
    {
        foreach (var from in Enum.GetValues<ControllerState>())
        {
            foreach (var to in Enum.GetValues<ControllerState>().Where(to => !ControllerMoves.May(from, to)))
            {
                var refusal = Assert.Throws<Refusal>(() => new CaseController { Id = "x", Name = "X", State = from }.Becomes(to));
                Assert.All(ControllerMoves.From(from), possible => Assert.Contains(ContractName.Of(possible), refusal.Remedy, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void AReminderIsNoWayBackToWaiting() =>
        Assert.DoesNotContain(ControllerState.Waiting, ControllerMoves.From(ControllerState.Reminded));

    [Fact]
    public void EveryStateStandsInThePictureOfTheFolder()
    {
        var picture = Repository.Read("src", "MiSarTracker.Core", "Cases", "README.md");
        Assert.All(Enum.GetValues<ControllerState>(), state => Assert.Contains(ContractName.Of(state), picture, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<CaseState>(), state => Assert.Contains(ContractName.Of(state), picture, StringComparison.Ordinal));
    }
}
