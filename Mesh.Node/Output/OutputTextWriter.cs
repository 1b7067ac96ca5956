using System.Text;

namespace Mesh.Node.Output;

/// <summary>Lets the command line library write its help, a line at a time, through the one output.</summary>
internal sealed class OutputTextWriter(CommandOutput output) : TextWriter
{
    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (value == '\n')
        {
            output.WriteLine(_line.ToString().TrimEnd());
            _line.Clear();
        }
        else if (value != '\r')
        {
            _line.Append(value);
        }
    }
}
