using System.CommandLine;

namespace Mesh.Node.Commands;

/// <summary><c>-q</c>: no notes on standard error; errors stay.</summary>
internal sealed class QuietOption : Option<bool>
{
    public QuietOption()
        : base("--quiet", "-q")
    {
        Description = "Leave away the notes on standard error";
        Recursive = true;
    }
}
