using Mesh.Core.Wire.MessagePack;
using Mesh.Tests.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire;

/// <summary>The bytes of the messages, against those of a second implementation.</summary>
public sealed class MessageVectorTests
{
    /// <summary>Every vector by its name.</summary>
    internal static IReadOnlyDictionary<string, byte[]> Vectors { get; } = VectorFiles.Tests("mesh1-messages.json")
        .ToDictionary(test => test.Text("name"), test => test.Bytes("bytes"));

    private static IEnumerable<string> Names => VectorMessages.All.Keys;

    [TestCaseSource(nameof(Names))]
    public void Write_GivesTheBytesOfTheVector(string name)
    {
        var writer = new MessageWriter(new byte[1_024]);

        VectorMessages.All[name].Write(ref writer);

        Assert.That(Convert.ToHexString(writer.Written), Is.EqualTo(Convert.ToHexString(Vectors[name])));
    }

    [TestCaseSource(nameof(Names))]
    public void Read_TakesTheBytesOfTheVector(string name)
    {
        var codec = CodecCases.Named(VectorMessages.All[name].Codec);

        Assert.That(codec.Rewrite(Vectors[name]), Is.EqualTo(Vectors[name]));
    }

    [Test]
    public void Codecs_HaveAVectorEach()
    {
        var covered = VectorMessages.All.Values.Select(entry => entry.Codec).Concat(["Records", "SnapshotState"]);
        string[] keptAtHome = ["TrustFile"];

        Assert.That(CodecCases.Names.Except(keptAtHome), Is.SubsetOf(covered));
    }
}
