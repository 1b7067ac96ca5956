using Mesh.Core;
using Mesh.Node;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>The numbers that scripts rely on.</summary>
public sealed class ExitCodeTests
{
    private static readonly string[] Promise =
    [
        "0 Ok", "1 Failed", "2 Usage", "3 NotFound", "4 NotTrusted", "5 NoDaemon", "6 Timeout", "7 Loss", "8 Address",
        "9 Version", "130 Interrupted", "143 Terminated",
    ];

    [Test]
    public void Numbers_StayAsTheyArePromised()
    {
        var codes = Enum.GetValues<ExitCode>().Select(code => $"{(int)code} {code}");

        Assert.That(codes, Is.EqualTo(Promise));
    }

    [TestCase(MeshFailure.Setup, ExitCode.Usage)]
    [TestCase(MeshFailure.Address, ExitCode.Address)]
    [TestCase(MeshFailure.Owned, ExitCode.Address)]
    [TestCase(MeshFailure.NoOwner, ExitCode.NoDaemon)]
    [TestCase(MeshFailure.NotFound, ExitCode.NotFound)]
    [TestCase(MeshFailure.NotTrusted, ExitCode.NotTrusted)]
    [TestCase(MeshFailure.Timeout, ExitCode.Timeout)]
    [TestCase(MeshFailure.Version, ExitCode.Version)]
    public void ExitCodeOf_TellsObstaclesApart(MeshFailure failure, int expected)
    {
        Assert.That((int)MeshNodeProgram.ExitCodeOf(failure), Is.EqualTo(expected));
    }

    [Test]
    public void ExitCodeOf_KnowsEveryObstacle()
    {
        var unknown = Enum.GetValues<MeshFailure>()
            .Where(failure => MeshNodeProgram.ExitCodeOf(failure) == ExitCode.Failed);

        Assert.That(unknown, Is.Empty);
    }
}
