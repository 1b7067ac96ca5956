using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mesh.Tests.Architecture;

/// <summary>Writes what a library offers to others, one line for each type and member, sorted.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Writes the text.</summary>
    /// <param name="library">A compiled library.</param>
    /// <returns>Lines that end with a line feed; the order in the source does not matter.</returns>
    public static string Of(Assembly library)
    {
        var text = new StringBuilder();
        foreach (var type in library.GetExportedTypes().OrderBy(ApiNames.Full, StringComparer.Ordinal))
        {
            text.AppendJoin('\n', Describe(type)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Describes one type.</summary>
    /// <param name="type">A public type.</param>
    /// <returns>A line for the type, then its members, indented and sorted.</returns>
    public static IEnumerable<string> Describe(Type type) =>
        Members(type).Order(StringComparer.Ordinal).Select(member => "    " + member).Prepend(TypeLine(type));

    private static string TypeLine(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return $"delegate {Signature(type.GetMethod("Invoke")!, ApiNames.Full(type))}";
        }

        var bases = new[] { type.BaseType }.OfType<Type>()
            .Where(basis => basis != typeof(object) && basis != typeof(ValueType) && basis != typeof(Enum))
            .Concat(type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []))
            .Where(basis => basis.IsVisible)
            .Select(ApiNames.Of)
            .Order(StringComparer.Ordinal)
            .ToArray();
        return $"{Kind(type)} {ApiNames.Full(type)}" + (bases.Length > 0 ? $" : {string.Join(", ", bases)}" : "");
    }

    private static string Kind(Type type)
    {
        var isRecord = type.GetMethod("PrintMembers", Declared) is not null;
        return type switch
        {
            { IsEnum: true } => type.IsDefined(typeof(FlagsAttribute)) ? "flags enum" : "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
                + (type.IsByRefLike ? "ref " : "") + (isRecord ? "record struct" : "struct"),
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "") + (isRecord ? "record" : "class"),
        };
    }

    private static IEnumerable<string> Members(Type type) =>
        typeof(Delegate).IsAssignableFrom(type) ? []
        : type.GetMembers(Declared)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(Line)
            .OfType<string>();

    private static string? Line(MemberInfo member) => member switch
    {
        FieldInfo field when IsSeen(field.IsPublic, field.IsFamily || field.IsFamilyOrAssembly)
            && !field.IsSpecialName => Field(field),
        ConstructorInfo constructor when IsSeen(constructor) && !constructor.IsStatic =>
            Modifiers(constructor) + $"new({ApiNames.Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && (!method.IsSpecialName || IsOperator(method)) =>
            Modifiers(method) + Signature(method, method.Name),
        PropertyInfo property => Property(property),
        EventInfo @event when IsSeen(@event.AddMethod!) =>
            Modifiers(@event.AddMethod!) + $"event {ApiNames.Of(@event)} {@event.Name}",
        _ => null,
    };

    private static string Field(FieldInfo field)
    {
        if (field.DeclaringType!.IsEnum)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{field.Name} = {field.GetRawConstantValue()}");
        }

        var kind = field.IsLiteral ? "const "
            : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
        var value = field.IsLiteral ? $" = {ApiNames.Value(field.GetRawConstantValue())}" : "";
        return $"{kind}{ApiNames.Of(field)} {field.Name}{value}";
    }

    private static string? Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsSeen).ToArray();
        if (accessors.Length == 0)
        {
            return null;
        }

        var name = property.GetIndexParameters().Length > 0
            ? $"this[{ApiNames.Parameters(property.GetMethod ?? property.SetMethod!)}]"
            : property.Name;
        var words = accessors.Select(accessor =>
            accessor == property.GetMethod ? "get;" : IsInit(accessor) ? "init;" : "set;");
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Modifiers(accessors[0])}{required}{ApiNames.Of(property)} {name} {{ {string.Join(' ', words)} }}";
    }

    private static string Signature(MethodInfo method, string name)
    {
        var generics = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(ApiNames.Constrained))}>"
            : "";
        return $"{ApiNames.Of(method.ReturnParameter)} {name}{generics}({ApiNames.Parameters(method)})";
    }

    private static string Modifiers(MethodBase method)
    {
        var isOverride = method is MethodInfo info && info.GetBaseDefinition() != info;
        return (IsSeen(method.IsPublic, false) ? "" : "protected ")
            + (method.IsStatic ? "static " : "")
            + (method.DeclaringType!.IsInterface ? ""
                : method.IsAbstract ? "abstract "
                : isOverride ? "override "
                : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "");
    }

    private static bool IsSeen(MethodBase method) =>
        IsSeen(method.IsPublic, method.IsFamily || method.IsFamilyOrAssembly) && !method.Name.Contains('<')
        && !(method.IsPrivate || method.IsAssembly);

    // What is protected can be seen by heirs; a sealed type has none.
    private static bool IsSeen(bool isPublic, bool isProtected) => isPublic || isProtected;

    private static bool IsOperator(MethodInfo method) => method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsInit(MethodInfo accessor) =>
        accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
