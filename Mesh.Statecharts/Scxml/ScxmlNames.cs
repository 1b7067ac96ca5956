namespace Mesh.Statecharts.Scxml;

/// <summary>The names that files are written with.</summary>
internal static class ScxmlNames
{
    /// <summary>The namespace of SCXML.</summary>
    public const string Scxml = "http://www.w3.org/2005/07/scxml";

    /// <summary>The namespace of what this project adds.</summary>
    public const string Mesh = "urn:mesh:statecharts:1";

    /// <summary>What <c>xml:</c> stands for.</summary>
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary>The type of the only event processor.</summary>
    public const string EventProcessor = "http://www.w3.org/TR/scxml/#SCXMLEventProcessor";

    /// <summary>The target that is the internal queue.</summary>
    public const string InternalTarget = "#_internal";

    /// <summary>What the target of a session begins with.</summary>
    public const string SessionTarget = "#_scxml_";
}
