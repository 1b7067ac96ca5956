using System.CommandLine;

namespace Mesh.Node.Commands;

/// <summary><c>-v</c>: what the node does, in detail, on standard error.</summary>
internal sealed class VerboseOption : Option<bool>
{
    public VerboseOption()
        : base("--verbose", "-v")
    {
        Description = "Tell on standard error what the node does";
        Recursive = true;
    }
}
