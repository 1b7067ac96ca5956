using System.Diagnostics;
using System.Text;
using Mesh.Statecharts.Scxml;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Scxml;

/// <summary>Wrong files: each one message with its place, soon and in little memory.</summary>
public sealed class ScxmlRefusalTests
{
    private const string Head =
        """<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" version="1.0">""" + "\n";

    private const string SamekHead =
        """<scxml xmlns="http://www.w3.org/2005/07/scxml" xmlns:mesh="urn:mesh:statecharts:1" mesh:profile="samek">"""
        + "\n";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [TestCase("<state id='a'/><state id='a'/>", 2, 17, "state 'a' is there twice")]
    [TestCase("<state/>\n<stat id='b'/>", 3, 2, "<stat> is unknown")]
    [TestCase("<state name='b'/>", 2, 8, "unknown attribute 'name' of <state>")]
    [TestCase("<state id='a'><transition event='e' target='b'/></state>", 2, 45, "there is no state 'b'")]
    [TestCase("<state id='a' xml:base='q'/>", 2, 15, "unknown attribute 'xml:base' of <state>")]
    [TestCase("<state id='a'><onentry xml:lang='en'/></state>", 2, 24, "unknown attribute 'xml:lang' of <onentry>")]
    [TestCase("<state id='a'><onentry xml:reports='super'/></state>", 2, 24, "'xml:reports' of <onentry>")]
    [TestCase("<state id='a' x:id='b' xmlns:x='urn:x'/>", 2, 15, "'id' belongs to an unknown namespace, 'urn:x'")]
    [TestCase("<state id='a' initial='a'/>", 2, 24, "does not lie in 'a'")]
    [TestCase("<state id='a'><transition event='e' cond='1 +'/></state>", 2, 46, "the expression ends")]
    [TestCase("<state id='a'><transition event='e' cond='1 &lt; &amp;'/></state>", 2, 50, "'&' has no meaning here")]
    [TestCase("<state id='a'><transition event='e'\n  cond = \"x ==\n  y z\"/></state>", 4, 5, "'z' stands where")]
    [TestCase("<state id='a'><transition event='e f. g..h'/></state>", 2, 39, "'g..h' is no name of an event")]
    [TestCase("<state id='a'><invoke src='b'/></state>", 2, 16, "<invoke> is refused")]
    [TestCase("<state id='a'><onentry><script>x</script></onentry></state>", 2, 25, "<script> is refused")]
    [TestCase("<script src='x'/>", 2, 2, "<script> is refused")]
    [TestCase("<state id='a'><onentry><send event='e' type='http://www.w3.org/TR/scxml/#BasicHTTPEventProcessor'/>"
        + "</onentry></state>", 2, 46, "HTTP")]
    [TestCase("<state id='a'><onentry><send event='e' delay='5'/></onentry></state>", 2, 47, "a delay is a number")]
    [TestCase("<state id='a'><onentry><send/></onentry></state>", 2, 25, "<send> has no event")]
    [TestCase("<state id='a'><onentry>text</onentry></state>", 2, 24, "text has no place in <onentry>")]
    [TestCase("<state id='a'><onentry><mesh:later/></onentry></state>", 2, 25, "<mesh:later> is unknown")]
    [TestCase("<state id='a'><onentry><mesh:cancel event=''/></onentry></state>", 2, 44, "no name of an event")]
    [TestCase("<state id='a'><onentry><mesh:publish event='e' priority='0'/></onentry></state>", 2, 58, "a priority")]
    [TestCase("<state id='a'><x xmlns='urn:x'/></state>", 2, 16, "unknown namespace, 'urn:x'")]
    [TestCase("<state id='a'><mesh:oninit/></state>", 2, 16, "belongs to the samek profile")]
    [TestCase("<state id='a'><history id='h'/></state>", 2, 16, "0 transitions instead of one")]
    [TestCase("<state id='a'><history id='h'><transition target='g'/></history>"
        + "<history id='g'><transition target='h'/></history><state id='b'/></state>", 2, 51,
        "the default of history 'h' leads to a history of the same state")]
    [TestCase("<state id='a'><history id='h'><transition target='h'/></history><state id='b'/></state>", 2, 51,
        "the default of history 'h' leads to a history of the same state")]
    [TestCase("<parallel id='a'/>", 2, 2, "is parallel and has no state inside")]
    [TestCase("<final id='a'><transition event='e'/></final>", 2, 16, "<transition> is unknown or has no place here")]
    [TestCase("<state id='a'><transition/></state>", 2, 16, "neither event, condition nor target")]
    [TestCase("<datamodel><data id='_x'/></datamodel><state/>", 2, 22, "no name of a variable")]
    [TestCase("<datamodel><data id='x' src='file:///etc/passwd'/></datamodel><state/>", 2, 25, "other files")]
    [TestCase("<state id='a'><onentry><assign location='1' expr='2'/></onentry></state>", 2, 42, "to a variable")]
    [TestCase("<state id='a'", 2, 1, "not XML")]
    [TestCase("<state id='a'></stat>", 2, 17, "not XML")]
    [TestCase("<state id='&x;'/>", 2, 13, "not XML")]
    [TestCase("", 1, 2, "the chart has no state")]
    public void Parse_RefusesWithItsPlace(string body, int line, int column, string message)
    {
        var text = Head + body + (message.StartsWith("not XML", StringComparison.Ordinal) ? "\n" : "</scxml>");

        AssertRefused(text, line, column, message);
    }

    [TestCase("<state id='a'><parallel id='b'/></state>", 2, 16, "<parallel> belongs to the scxml profile")]
    [TestCase("<state id='a'><transition cond='true' target='a'/></state>", 2, 16, "without an event")]
    [TestCase("<state id='a'><transition event='*' target='a'/></state>", 2, 34, "'*' is no name of an event")]
    [TestCase("<state id='a'><transition event='e' target='a' mesh:reports='super'/></state>", 2, 16, "mesh:reports")]
    [TestCase("<state id='a'><onentry mesh:reports='yes'/></state>", 2, 38, "not one of: handled, unhandled, super")]
    [TestCase("<state id='a'><onentry><raise event='e'/></onentry></state>", 2, 25, "<raise> belongs to the scxml")]
    [TestCase("<state id='a'><onentry><send event='e' mesh:times='2'/></onentry></state>", 2, 25, "need mesh:period")]
    [TestCase("<state id='a'><onentry><send event='e' mesh:period='0s'/></onentry></state>", 2, 53, "longer than zero")]
    [TestCase("<state id='a'><onentry><mesh:post event='e' queue='last'/></onentry></state>", 2, 52, "not one of")]
    public void Parse_RefusesWhatTheSamekProfileHasNot(string body, int line, int column, string message) =>
        AssertRefused(SamekHead + body + "</scxml>", line, column, message);

    [TestCase("", 1, 1, "not XML")]
    [TestCase("just text", 1, 1, "not XML")]
    [TestCase("<html/>", 1, 2, "the root is not <scxml>")]
    [TestCase("<scxml version='1.0'/>", 1, 2, "the root is not <scxml>")]
    [TestCase("<scxml xmlns='http://www.w3.org/2005/07/scxml' version='2'/>", 1, 57, "version '2' is not 1.0")]
    [TestCase("<scxml xmlns='http://www.w3.org/2005/07/scxml' datamodel='xpath'/>", 1, 59, "data model 'xpath'")]
    [TestCase("<scxml xmlns='http://www.w3.org/2005/07/scxml' datamodel='null'><datamodel/><state/></scxml>",
        1, 66, "needs a data model")]
    [TestCase("<scxml xmlns='http://www.w3.org/2005/07/scxml' datamodel='null'><state><transition cond='x' target='a'/>"
        + "</state></scxml>", 1, 90, "In('state') is the only condition")]
    public void Parse_RefusesTheRoot(string text, int line, int column, string message) =>
        AssertRefused(text, line, column, message);

    [Test]
    public void Parse_RefusesEntities()
    {
        var laughs = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE scxml [<!ENTITY a0 \"ha\">");
        for (var level = 1; level < 10; level++)
        {
            var inner = string.Concat(Enumerable.Repeat($"&a{level - 1};", 10));
            laughs.Append($"<!ENTITY a{level} \"{inner}\">");
        }

        laughs.Append("]>\n" + Head + "<state id='&a9;'/></scxml>");

        AssertRefused(laughs.ToString(), 2, 1, "document types and entities are refused");
    }

    [TestCase("<state>")]
    [TestCase("<state><onentry><if cond='true'>")]
    public void Parse_RefusesWhatIsTooDeep(string element) =>
        AssertRefused(Head + string.Concat(Enumerable.Repeat(element, 10_000)), 2, null, "deeper than");

    [Test]
    public void Parse_RefusesTooManyElements() =>
        AssertRefused(Head + string.Concat(Enumerable.Repeat("<state/>", 100_000)), 2, null, "more than 65536");

    [Test]
    public void Parse_RefusesTooManyStates() =>
        AssertRefused(
            Head + string.Concat(Enumerable.Repeat("<state/>", 5_000)) + "</scxml>", 2, null, "more than 4096 states");

    [Test]
    public void Load_RefusesALargeFileWithoutReadingIt()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mesh-large-{Environment.ProcessId}.scxml");
        try
        {
            using (var file = File.Create(path))
            {
                file.SetLength(100 * 1_024 * 1_024);
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.That(
                () => ScxmlFile.Load(path), Throws.TypeOf<ScxmlException>().With.Message.Contains("104857600 bytes"));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1_024 * 1_024));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Load_RefusesWhatIsNotText()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mesh-binary-{Environment.ProcessId}.scxml");
        try
        {
            File.WriteAllBytes(path, [0x3c, 0xff, 0xfe, 0x00, 0x80]);
            Assert.That(() => ScxmlFile.Load(path), Throws.TypeOf<ScxmlException>().With.Message.Contains("UTF-8"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Parse_AnswersEveryTruncationAndCorruptionWithOneKindOfException()
    {
        var text = File.ReadAllText(
            Path.Combine(Architecture.RepositoryRoot.Path, "docs", "samples", "player.scxml"));
        var random = new Random(7);

        for (var length = 0; length < text.Length; length += 7)
        {
            AssertReadOrRefused(text[..length]);
            var corrupt = text.ToCharArray();
            corrupt[length] = (char)random.Next(32, 127);
            AssertReadOrRefused(new string(corrupt));
        }
    }

    private static void AssertReadOrRefused(string text)
    {
        try
        {
            ScxmlFile.Parse(text);
        }
        catch (ScxmlException fault)
        {
            Assert.That(fault.Message, Does.Not.Contain("\n"));
        }
    }

    private static void AssertRefused(string text, int line, int? column, string message)
    {
        var watch = Stopwatch.StartNew();
        var fault = Assert.Throws<ScxmlException>(() => ScxmlFile.Parse(text))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(watch.Elapsed, Is.LessThan(Soon));
            Assert.That(fault.Message, Does.Contain(message).And.Not.Contain("\n"));
            Assert.That(fault.Position.Line, Is.EqualTo(line));
            Assert.That(fault.Position.Column, column is null ? Is.GreaterThan(0) : Is.EqualTo(column));
        }
    }
}
