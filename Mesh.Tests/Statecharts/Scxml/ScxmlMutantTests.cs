using System.Xml.Linq;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Scxml;

/// <summary>The samples with elements moved, doubled, renamed and attributes exchanged: each mutant is refused with its
/// place, or it runs and its end is a known one.</summary>
public sealed class ScxmlMutantTests
{
    private const int MutantCount = 60;

    private static readonly XNamespace Scxml = "http://www.w3.org/2005/07/scxml";
    private static readonly XNamespace Mesh = "urn:mesh:statecharts:1";

    private static readonly string[] Elements =
    [
        "state", "parallel", "final", "history", "initial", "transition", "onentry", "onexit", "donedata", "raise",
        "send", "cancel", "if", "elseif", "else", "foreach", "assign", "log", "param", "content", "datamodel", "data",
    ];

    private static readonly string[] Attributes =
    [
        "id", "initial", "target", "event", "cond", "type", "expr", "location", "name", "array", "item", "index",
        "delay", "delayexpr", "sendid", "idlocation", "namelist", "eventexpr", "label", "targetexpr",
    ];

    private static readonly string[] Values =
    [
        "", "*", "a", "a b", "x.y", "0", "-1", "1 / 0", "'text'", "[1, 2]", "deep", "internal", "#_internal", "_event",
        "_event.data", "In('a')", "true", "1s", "0ms", "done.state.on", "error", "'1s'", "{'a': [1]}", "ENTRY_SIGNAL",
    ];

    [Test]
    public void Mutants_AreRefusedOrRun([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var texts = Directory.GetFiles(
            Path.Combine(Architecture.RepositoryRoot.Path, "docs", "samples"), "*.scxml").Order(StringComparer.Ordinal)
            .Select(File.ReadAllText).ToList();
        var (refused, ran) = (0, 0);
        for (var count = 0; count < MutantCount; count++)
        {
            var mutant = Mutant(texts[random.Next(texts.Count)], random);
            var profile = random.Next(3) switch
            {
                0 => Profile.Samek,
                1 => Profile.Scxml,
                _ => (Profile?)null,
            };
            if (Read(mutant, profile) is { } file)
            {
                Run(file, random, $"seed {seed}, mutant {count}:\n{mutant}");
                ran++;
            }
            else
            {
                refused++;
            }
        }

        Assert.That((refused, ran), Is.GreaterThan((5, 5)), "some of either sort");
    }

    private static ScxmlFile? Read(string text, Profile? profile)
    {
        try
        {
            return ScxmlFile.Parse(text, profile);
        }
        catch (ScxmlException fault)
        {
            Assert.That(fault.Position.Line, Is.Positive, text);
            return null;
        }
    }

    private static void Run(ScxmlFile file, Random random, string what)
    {
        Assert.That(file.Check, Throws.Nothing, what);
        var time = new ManualTimeProvider();
        var options = file.HostOptions with { Bus = new EventBus() };
        var host = new ChartHost<ScxmlMemory>(file.Chart, file.CreateMemory(), time, options);
        var signals = file.Chart.Definition.Signals.Select(signal => signal.Name).Where(name => name != "*")
            .Append("done").ToList();
        host.Start();
        for (var count = 0; count < 40 && host.Status == ChartStatus.Running; count++)
        {
            host.PostFifo(host.SignalOf(signals[random.Next(signals.Count)]));
            for (var step = 0; step < 20 && host.NextRtc(); step++)
            {
            }

            time.Advance(TimeSpan.FromMilliseconds(random.Next(1_000)));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Spy(), Has.None.StartsWith("malformed"), what);
            Assert.That(host.Status == ChartStatus.Faulted, Is.EqualTo(host.Fault is not null), what);
            if (host.Fault is { } fault)
            {
                // A file's own mistakes have their place in the message; all else is a mistake of the engine.
                Assert.That(fault.Message, Does.Match(@"^\d+:\d+: |did not settle|500 timed posts"), what);
            }
        }
    }

    private static string Mutant(string text, Random random)
    {
        var root = XDocument.Parse(text).Root!;
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            Mutate(root, random);
        }

        return root.ToString();
    }

    private static void Mutate(XElement root, Random random)
    {
        var all = root.Descendants().ToList();
        if (all.Count == 0)
        {
            return;
        }

        var one = all[random.Next(all.Count)];
        var other = all[random.Next(all.Count)];
        switch (random.Next(7))
        {
            case 0:
                other.Add(new XElement(one));
                break;
            case 1 when all.Count > 3:
                one.Remove();
                break;
            case 2:
                one.Name = (random.Next(8) == 0 ? Mesh : Scxml) + Elements[random.Next(Elements.Length)];
                break;
            case 3:
                one.SetAttributeValue(Attributes[random.Next(Attributes.Length)], ValueOf(root, random));
                break;
            case 4 when one.Parent != other && !other.AncestorsAndSelf().Contains(one):
                one.Remove();
                other.Add(one);
                break;
            default:
                if (one.Attributes().Where(each => !each.IsNamespaceDeclaration).ToList() is { Count: > 0 } attributes)
                {
                    attributes[random.Next(attributes.Count)].Value = ValueOf(root, random);
                }

                break;
        }
    }

    private static string ValueOf(XElement root, Random random)
    {
        var there = root.DescendantsAndSelf().Attributes().Select(attribute => attribute.Value).ToList();
        return random.Next(2) == 0 ? Values[random.Next(Values.Length)] : there[random.Next(there.Count)];
    }
}
