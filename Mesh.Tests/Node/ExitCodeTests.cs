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
}
