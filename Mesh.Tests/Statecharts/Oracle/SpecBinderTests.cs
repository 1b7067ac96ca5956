using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The public builder takes every chart that the oracle can run.</summary>
public sealed class SpecBinderTests
{
    [Test]
    public void Bind_GivesTheSameStatesAndTransitions_WhenTheChartIsRandom()
    {
        var charts = Enumerable.Range(1, 200).Select(seed => CaseMaker.Make(new Random(seed), 1).Chart).ToList();

        using (Assert.EnterMultipleScope())
        {
            foreach (var chart in charts)
            {
                var definition = SpecBinder.Bind(chart).Definition;
                Assert.That(
                    definition.States.Select(state => state.Name),
                    Is.EqualTo(chart.States.Select(state => state.Name)));
                Assert.That(
                    definition.Transitions,
                    Has.Count.EqualTo(chart.States.Sum(state => state.On.Values.Sum(reactions => reactions.Count))));
            }
        }
    }
}
