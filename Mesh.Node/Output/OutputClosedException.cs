namespace Mesh.Node.Output;

/// <summary>Who read the output has gone (<c>meshnode … | head -3</c>): the program ends quietly with 0.</summary>
internal sealed class OutputClosedException : IOException
{
    public OutputClosedException(IOException cause)
        : base("The reader of the output has gone.", cause)
    {
    }
}
