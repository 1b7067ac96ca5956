namespace Mesh.Statecharts.Scxml;

/// <summary>The event processors that a send can name.</summary>
internal static class SendTypes
{
    /// <summary>Whether it is the chart's own.</summary>
    public static bool IsOwn(string type) =>
        type is "" or "scxml" or ScxmlNames.EventProcessor
            or "http://www.w3.org/TR/scxml" or "http://www.w3.org/TR/scxml/";

    /// <summary>Whether it is the one of HTTP, which is refused where it is read.</summary>
    public static bool IsHttp(string type) => type.Contains("BasicHTTP", StringComparison.OrdinalIgnoreCase)
        || type.Equals("http", StringComparison.OrdinalIgnoreCase)
        || type.Equals("https", StringComparison.OrdinalIgnoreCase);
}
