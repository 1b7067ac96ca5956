namespace Mesh.Node.Output;

/// <summary>The forms that data on standard output can take (<c>-o</c>).</summary>
internal enum OutputFormat
{
    /// <summary>For people; escaped for terminals, free to change.</summary>
    Text,

    /// <summary>One JSON document with its schema named first.</summary>
    Json,

    /// <summary>One JSON object a line, for streams.</summary>
    Ndjson,

    /// <summary>The <c> [+s] </c> and <c> [+t] </c> lines of a networked miros example.</summary>
    Miros,

    /// <summary>Requests on standard input and answers on standard output, one JSON object a line each.</summary>
    JsonLines,
}
