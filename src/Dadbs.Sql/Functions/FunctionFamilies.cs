namespace Dadbs.Sql.Functions;

/// <summary>The families of built-in functions, one file each. A new function is registered in its family.</summary>
internal static class FunctionFamilies
{
    public static void Register(FunctionRegistry registry)
    {
        IntegerFunctions.Register(registry);
        TextComparisonFunctions.Register(registry);
        BooleanFunctions.Register(registry);

        // Last: these leave alone what an earlier family has.
        SystemCatalog.CatalogFunctions.Register(registry);
        SystemCatalog.PrivilegeFunctions.Register(registry);
    }
}
