namespace Mesh.Statecharts.Expressions;

/// <summary>Names that no variable can have.</summary>
internal static class ReservedWords
{
    private static readonly HashSet<string> Operator = ["and", "or", "not"];

    private static readonly HashSet<string> Value = ["true", "false", "null", "In"];

    // Words of ECMAScript, so that an expression that needs it is refused where it is read and not where it runs.
    private static readonly HashSet<string> Foreign =
    [
        "async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do",
        "else", "export", "extends", "finally", "for", "function", "if", "import", "in", "instanceof", "let", "new",
        "return", "super", "switch", "this", "throw", "try", "typeof", "undefined", "var", "void", "while", "with",
        "yield",
    ];

    /// <summary>Whether the word is an operator.</summary>
    public static bool IsOperator(string word) => Operator.Contains(word);

    /// <summary>Whether the word belongs to another language.</summary>
    public static bool IsForeign(string word) => Foreign.Contains(word);

    /// <summary>Whether a variable can have this name.</summary>
    public static bool AllowsVariable(string name) => name.Length > 0 && ExpressionLexer.IsNameStart(name[0])
        && name.All(ExpressionLexer.IsNamePart) && !Operator.Contains(name) && !Value.Contains(name)
        && !Foreign.Contains(name);
}
