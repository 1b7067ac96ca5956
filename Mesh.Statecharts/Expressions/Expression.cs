namespace Mesh.Statecharts.Expressions;

/// <summary>An expression of the language, parsed: an immutable tree that evaluates itself.</summary>
/// <remarks>
/// The grammar, by what binds loosest first; spaces between words say nothing:
/// <code>
/// expression = or [ "?" expression ":" expression ]
/// or         = and { ( "||" | "or" ) and }
/// and        = equal { ( "&amp;&amp;" | "and" ) equal }
/// equal      = order { ( "==" | "===" | "!=" | "!==" ) order }
/// order      = sum { ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) sum }
/// sum        = product { ( "+" | "-" ) product }
/// product    = unary { ( "*" | "/" | "%" ) unary }
/// unary      = { "!" | "not" | "-" | "+" } path
/// path       = primary { "." name | "[" expression "]" }
/// primary    = number | text | "true" | "false" | "null" | name | "In" "(" expression ")"
///            | "[" [ expression { "," expression } ] "]"
///            | "{" [ key ":" expression { "," key ":" expression } ] "}"
///            | "(" expression ")"
/// key        = name | text
/// name       = a letter, "_" or "$", then letters, digits, "_" and "$"
/// number     = digits [ "." digits ] [ ( "e" | "E" ) [ "+" | "-" ] digits ] | "." digits ..
/// text       = characters in ' or ", with \n \t \r \b \f \\ \' \" \/ \uXXXX
/// </code>
/// </remarks>
internal abstract class Expression
{
    /// <summary>The expressions in this one, outermost first.</summary>
    public virtual IReadOnlyList<Expression> Parts => [];

    /// <summary>Whether it has the same value everywhere.</summary>
    public virtual bool IsConstant => Parts.All(part => part.IsConstant);

    /// <summary>This expression and all in it.</summary>
    public IEnumerable<Expression> All => Parts.SelectMany(part => part.All).Prepend(this);

    /// <summary>Evaluates.</summary>
    /// <exception cref="DataException">The values do not suit the expression.</exception>
    public abstract DataValue Evaluate(IDataScope scope);

    /// <summary>One text for all ways to write the same expression.</summary>
    public abstract override string ToString();
}
