using Mesh.Core;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Skips the attacks on the TCP ports on the packaged stack, whose NetMQ does not stand them.</summary>
[SetUpFixture]
public sealed class StackSetup
{
    [OneTimeSetUp]
    public static void SkipOnThePackagedStack()
    {
        if (MeshLibraries.StackName == "nuget")
        {
            Assert.Ignore("NetMQ neither survives nor bounds these: docs/security.md, \"The packaged stack\"");
        }
    }
}
