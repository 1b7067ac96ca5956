using System.Text;
using Mesh.Node;
using Mesh.Node.Output;
using NUnit.Framework;

namespace Mesh.Tests.Node.Output;

/// <summary>Data to one stream, talk to the other, and nothing by another way.</summary>
public sealed class CommandOutputTests
{
    private readonly MemoryStream _data = new();
    private readonly MemoryStream _talk = new();

    private string Data => Encoding.UTF8.GetString(_data.ToArray());

    private string Talk => Encoding.UTF8.GetString(_talk.ToArray());

    [TearDown]
    public void CloseStreams()
    {
        _data.Dispose();
        _talk.Dispose();
    }

    [Test]
    public void WriteLine_EscapesAndEndsWithALineFeed()
    {
        var output = Create();

        output.WriteLine("a\u001bb");
        output.Flush();

        Assert.That(Data, Is.EqualTo("a\\x1bb\n"));
    }

    [Test]
    public void WriteLine_GathersSmallPieces_UntilItIsFlushed()
    {
        var output = Create();

        output.WriteLine("small");

        Assert.That(Data, Is.Empty);
    }

    [Test]
    public void WriteLine_WritesByItself_WhenMuchWasGathered()
    {
        var output = Create();

        output.WriteLine(new string('x', 40_000));

        Assert.That(_data.Length, Is.EqualTo(40_001));
    }

    [Test]
    public void WriteJson_NamesTheSchemaFirst_AndKeepsTextRaw()
    {
        var output = Create();

        output.WriteJson("mesh.test/1", json => json.WriteString("text", "a->b \u001b \u202e \"q\" é"));
        output.Flush();

        Assert.That(Data, Is.EqualTo("{\"schema\":\"mesh.test/1\",\"text\":\"a->b \\u001B \u202e \\\"q\\\" é\"}\n"));
    }

    [Test]
    public void Note_GoesToStandardError_AfterTheDataBeforeIt()
    {
        var output = Create();

        output.WriteLine("data");
        output.Note("note");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Data, Is.EqualTo("data\n"));
            Assert.That(Talk, Is.EqualTo("note\n"));
        }
    }

    [Test]
    public void Note_IsSilent_WhenQuiet()
    {
        var output = Create();
        output.IsQuiet = true;

        output.Note("note");
        output.Fail(ExitCode.Failed, "error");

        Assert.That(Talk, Is.EqualTo("meshnode: error\n"));
    }

    [TestCase(ExitCode.NotFound, "not-found")]
    [TestCase(ExitCode.NotTrusted, "not-trusted")]
    [TestCase(ExitCode.NoDaemon, "no-daemon")]
    [TestCase(ExitCode.Loss, "loss")]
    public void Fail_WritesAnErrorDocument_WhenJsonWasAskedFor(int exitCode, string name)
    {
        var output = Create();
        output.Format = OutputFormat.Json;

        var returned = output.Fail((ExitCode)exitCode, "no \"such\" thing");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)returned, Is.EqualTo(exitCode));
            Assert.That(Talk, Does.StartWith($$"""{"schema":"mesh.error/1","exit":{{exitCode}},"code":"{{name}}",""")
                .And.EndsWith(""","message":"no \"such\" thing"}""" + "\n"));
            Assert.That(Data, Is.Empty);
        }
    }

    [Test]
    public void Fail_StillSpeaks_WhenTheReaderOfTheDataHasGone()
    {
        const int brokenPipe = 32;
        using var closed = new FailingStream(new IOException("Broken pipe", brokenPipe));
        var output = new CommandOutput(ProgramInProcess.Services(closed, _talk, Stream.Null));

        output.WriteLine("data");
        output.Fail(ExitCode.Failed, "error");

        Assert.That(Talk, Is.EqualTo("meshnode: error\n"));
    }

    [TestCase(32)]
    [TestCase(unchecked((int)0x8007006d))]
    [TestCase(unchecked((int)0x800700e8))]
    public void Flush_TellsThatTheReaderHasGone_InTheWordsOfEachSystem(int code)
    {
        using var closed = new FailingStream(new IOException("gone", code));
        var output = new CommandOutput(ProgramInProcess.Services(closed, _talk, Stream.Null));
        output.WriteLine("data");

        Assert.That(output.Flush, Throws.TypeOf<OutputClosedException>());
    }

    [Test]
    public void Flush_LetsOtherFaultsThrough()
    {
        const int noSpace = 28;
        using var full = new FailingStream(new IOException("No space left on device", noSpace));
        var output = new CommandOutput(ProgramInProcess.Services(full, _talk, Stream.Null));
        output.WriteLine("data");

        Assert.That(output.Flush, Throws.TypeOf<IOException>());
    }

    private CommandOutput Create() => new(ProgramInProcess.Services(_data, _talk, Stream.Null));
}
